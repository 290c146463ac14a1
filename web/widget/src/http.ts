// The HTTP half of the citizen protocol: each call has a time-out and ends in a value or an ApiError.

import { parseSettings, type Settings } from "./settings.js";
import { isObject, parseState, type Judgement, type Municipality, type Outgoing, type Place, type State } from "./wire.js";
import { refusal } from "./texts.js";
import type { Timers } from "./timers.js";

/** The server said no, with a reason; `message` is a sentence for the citizen, or empty. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  /** The same request can never succeed; everything else is worth another try. */
  get final(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 429 && this.status !== 408;
  }

  /** The stored conversation is no longer ours or no longer there. */
  get gone(): boolean {
    return this.status === 401 || this.status === 404;
  }

  /** The conversation goes on in WhatsApp and is closed here. */
  get moved(): boolean {
    return this.status === 410;
  }
}

export interface Credentials {
  readonly id: string;
  readonly token: string;
}

/** With what a conversation goes on in WhatsApp. */
export interface Move {
  readonly code: string;
  readonly phone: string;
  readonly link: string;
  /** ISO 8601; the code is of no use after it. */
  readonly until: string;
}

export interface Http {
  municipalities(): Promise<Municipality[]>;
  settings(municipality: string | null): Promise<Settings>;
  /** `product`: what the page is about. */
  create(municipality: string | null, product?: string): Promise<Credentials>;
  send(who: Credentials, message: Outgoing): Promise<number>;
  poll(who: Credentials, after: number, wait: number, signal: AbortSignal): Promise<State>;
  judge(who: Credentials, seq: number, judgement: Judgement): Promise<void>;
  move(who: Credentials): Promise<Move>;
  mail(who: Credentials, email: string): Promise<void>;
  /** Shows a picture or a place; the same id again does nothing more. */
  share(who: Credentials, id: string, what: Blob | Place): Promise<void>;
  end(who: Credentials): Promise<void>;
  erase(who: Credentials): Promise<void>;
}

const TIMEOUT_MS = 10_000;
/** A mail server may think longer. */
const MAIL_TIMEOUT_MS = 30_000;
/** A picture over a telephone in the dunes. */
const PICTURE_TIMEOUT_MS = 60_000;

interface Call {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly token?: string;
  readonly body?: unknown;
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

export function createHttp(origin: string, fetcher: typeof fetch, timers: Timers): Http {
  async function call(path: string, options: Call = {}): Promise<unknown> {
    const abort = new AbortController();
    const cancelTimeout = timers.after(options.timeout ?? TIMEOUT_MS, () => abort.abort());
    const forward = () => abort.abort();
    options.signal?.addEventListener("abort", forward);
    try {
      return await answer(await fetcher(`${origin}/api/v1${path}`, request(options, abort.signal)));
    } finally {
      cancelTimeout();
      options.signal?.removeEventListener("abort", forward);
    }
  }

  return {
    async municipalities() {
      const body = await call("/municipalities");
      return parseMunicipalities(isObject(body) ? body.municipalities : null);
    },
    async settings(municipality) {
      return parseSettings(await call(municipality ? `/widget?municipality=${encodeURIComponent(municipality)}` : "/widget"));
    },
    async create(municipality, product) {
      const wish = { ...(municipality && { municipality }), ...(product && { product }) };
      const body = await call("/conversations", { method: "POST", body: wish });
      if (isObject(body) && typeof body.id === "string" && typeof body.token === "string") {
        return { id: body.id, token: body.token };
      }
      throw new ApiError(502, "bad_answer", "");
    },
    async send(who, message) {
      const body = await call(messagesPath(who), { method: "POST", token: who.token, body: message });
      return isObject(body) && typeof body.seq === "number" ? body.seq : 0;
    },
    async poll(who, after, wait, signal) {
      const path = `${messagesPath(who)}?after=${after}&wait=${wait}`;
      const body = await call(path, { token: who.token, timeout: wait * 1000 + TIMEOUT_MS, signal });
      const state = parseState(body);
      if (state === null) throw new ApiError(502, "bad_answer", "");
      return state;
    },
    async judge(who, seq, body) {
      await call(`${messagesPath(who)}/${seq}/feedback`, { method: "POST", token: who.token, body });
    },
    async move(who) {
      const body = await call(`${conversationPath(who)}/move`, { method: "POST", token: who.token });
      const given = isObject(body) ? [body.code, body.phone, body.link, body.expires_at] : [];
      const [code, phone, link, until] = given.filter((item) => typeof item === "string");
      if (code && phone && link && until) return { code, phone, link, until };
      throw new ApiError(502, "bad_answer", "");
    },
    async mail(who, email) {
      await call(`${conversationPath(who)}/transcript`, { method: "POST", token: who.token, body: { email }, timeout: MAIL_TIMEOUT_MS });
    },
    async share(who, id, what) {
      const [path, body] = what instanceof Blob ? [`pictures?id=${encodeURIComponent(id)}`, what] : ["place", { id, ...what }];
      await call(`${conversationPath(who)}/${path}`, { method: "POST", token: who.token, body, timeout: PICTURE_TIMEOUT_MS });
    },
    async end(who) {
      await call(`${conversationPath(who)}/end`, { method: "POST", token: who.token });
    },
    async erase(who) {
      await call(conversationPath(who), { method: "DELETE", token: who.token });
    },
  };
}

function conversationPath(who: Credentials): string {
  return `/conversations/${encodeURIComponent(who.id)}`;
}

function messagesPath(who: Credentials): string {
  return `${conversationPath(who)}/messages`;
}

function request(options: Call, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.token !== undefined) headers.Authorization = `Bearer ${options.token}`;
  const init: RequestInit = { method: options.method ?? "GET", headers, signal, credentials: "omit", cache: "no-store" };
  if (options.body instanceof Blob) {
    headers["Content-Type"] = options.body.type;
    init.body = options.body;
  } else if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(options.body);
  }
  return init;
}

async function answer(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  const problem = isObject(body) ? body : {};
  const code = typeof problem.error === "string" ? problem.error : "";
  const retryAfter = Number(response.headers.get("Retry-After"));
  throw new ApiError(
    response.status,
    code,
    refusal(code, typeof problem.message === "string" ? problem.message : ""),
    Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
  );
}

function parseMunicipalities(value: unknown): Municipality[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) =>
    isObject(item) && typeof item.id === "string" && typeof item.name === "string" ? [{ id: item.id, name: item.name }] : [],
  );
}
