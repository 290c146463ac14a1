// The shapes of the citizen protocol (docs/protocol.md) and the checks that turn unknown JSON into them.

export type Owner = "bot" | "queued" | "agent" | "closed";
export type Author = "citizen" | "bot" | "agent" | "system";

export interface Choice {
  readonly id: string;
  readonly title: string;
}

/** What the bot asks for, so that the browser can offer the right keyboard and fill it in. */
export type Input = "name" | "tel" | "email" | "postcode";

/** What the bot would like to be shown, beside words. */
export type Share = "picture" | "place";

/** Where somebody is, in degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** The first and last day that the bot asks to choose from, as 2026-03-03. */
export interface Days {
  readonly first: string;
  readonly last: string;
}

export interface Meta {
  readonly source?: string;
  readonly checked_on?: string;
  readonly product?: string;
  readonly route?: string;
  /** Name of the agent who joins or speaks. */
  readonly agent?: string;
  readonly input?: Input;
  readonly share?: Share;
  /** Language of the text, when it is not Dutch. */
  readonly language?: string;
  readonly days?: Days;
}

/** The place in the queue, 1 is next; `minutes` is null when nobody can know. */
export interface Waiting {
  readonly place: number;
  readonly minutes: number | null;
}

/** What the citizen told about an answer; `reason` is one of `texts.reasons`. */
export interface Judgement {
  readonly helpful: boolean;
  readonly reason?: string | undefined;
}

export interface Message {
  readonly seq: number;
  readonly author: Author;
  readonly text: string;
  readonly at: string;
  readonly client_id?: string;
  readonly choices: readonly Choice[];
  readonly meta: Meta;
  readonly judgement?: Judgement | undefined;
}

export interface State {
  readonly owner: Owner;
  readonly typing: boolean;
  readonly waiting: Waiting | null;
  readonly municipality: string | null;
  readonly messages: readonly Message[];
}

export interface Municipality {
  readonly id: string;
  readonly name: string;
}

/** What a citizen sends: either a text or the id of an offered choice. */
export interface Outgoing {
  readonly id: string;
  readonly text?: string;
  readonly choice?: string;
}

/** What an agent likes to know and nobody misses: that the citizen types, and up to where they have seen what was said. */
export type Hint = { readonly type: "typing" } | { readonly type: "seen"; readonly seq: number };

export type ServerFrame =
  | { readonly type: "state"; readonly state: State }
  | { readonly type: "ack"; readonly id: string; readonly seq: number }
  | { readonly type: "error"; readonly id: string | null; readonly error: string; readonly message: string }
  | { readonly type: "pong" };

const OWNERS: readonly string[] = ["bot", "queued", "agent", "closed"];
const INPUTS: readonly string[] = ["name", "tel", "email", "postcode"];
const AUTHORS: readonly string[] = ["citizen", "bot", "agent", "system"];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function parseChoices(value: unknown): Choice[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) =>
    isObject(item) && typeof item.id === "string" && typeof item.title === "string"
      ? [{ id: item.id, title: item.title }]
      : [],
  );
}

function parseDays(value: Json): Days | null {
  const [first, last] = [text(value.first_day) ?? "", text(value.last_day) ?? ""];
  return value.input === "date" && DAY.test(first) && DAY.test(last) && first <= last ? { first, last } : null;
}

function parseMeta(value: unknown): Meta {
  if (!isObject(value)) return {};
  const input = text(value.input) ?? "";
  const share = input === "picture" || input === "place" ? input : null;
  const days = parseDays(value);
  const words = ["source", "checked_on", "product", "route", "agent", "language"].flatMap((name) => {
    const word = text(value[name]);
    return word ? [[name, word]] : [];
  });
  return { ...Object.fromEntries(words), ...(INPUTS.includes(input) && { input: input as Input }), ...(share && { share }), ...(days && { days }) };
}

function parseWaiting(value: unknown): Waiting | null {
  if (!isObject(value) || typeof value.place !== "number") return null;
  return { place: value.place, minutes: typeof value.minutes === "number" ? value.minutes : null };
}

function parseJudgement(value: unknown): Judgement | undefined {
  return isObject(value) ? { helpful: value.helpful === true, reason: text(value.reason) } : undefined;
}

/** One message, or null when it lacks what we need to order and show it. */
export function parseMessage(value: unknown): Message | null {
  if (!isObject(value) || typeof value.seq !== "number" || typeof value.text !== "string") return null;
  const author = text(value.author) ?? "";
  const clientId = text(value.client_id);
  return {
    seq: value.seq,
    author: AUTHORS.includes(author) ? (author as Author) : "system",
    text: value.text,
    at: text(value.at) ?? "",
    ...(clientId !== undefined && { client_id: clientId }),
    choices: parseChoices(value.choices),
    meta: parseMeta(value.meta),
    judgement: parseJudgement(value.judgement),
  };
}

/** A state, or null when the answer is not one: a proxy's error page must not become a conversation. */
export function parseState(value: unknown): State | null {
  if (!isObject(value) || !Array.isArray(value.messages)) return null;
  const owner = text(value.owner) ?? "";
  if (!OWNERS.includes(owner)) return null;
  return {
    owner: owner as Owner,
    typing: value.typing === true,
    waiting: parseWaiting(value.waiting),
    municipality: text(value.municipality) ?? null,
    messages: value.messages.map(parseMessage).filter((message): message is Message => message !== null),
  };
}

/** A frame from the server, or null for a kind this version does not know (a newer server may send more). */
export function parseFrame(data: unknown): ServerFrame | null {
  const value = typeof data === "string" ? parseJson(data) : null;
  if (!isObject(value)) return null;
  if (value.type === "pong") return { type: "pong" };
  if (value.type === "state") {
    const state = parseState(value);
    return state && { type: "state", state };
  }
  if (value.type === "ack" && typeof value.id === "string") {
    return { type: "ack", id: value.id, seq: typeof value.seq === "number" ? value.seq : 0 };
  }
  if (value.type === "error") {
    return { type: "error", id: text(value.id) ?? null, error: text(value.error) ?? "", message: text(value.message) ?? "" };
  }
  return null;
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
