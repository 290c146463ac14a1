// Reads the public knowledge API (/api/v1/kennis); the shapes are those of /api/v1/openapi.json.

export type Channel = "click" | "call" | "face";

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Source {
  readonly title: string;
  readonly url: string;
  readonly checked_on: string | null;
  readonly valid_until: string | null;
}

export interface Link {
  readonly kind: string;
  readonly title: string;
  readonly url: string;
  readonly digid: boolean;
}

export interface Readability {
  readonly words: number;
  readonly sentences: number;
  readonly mean_sentence: number;
  readonly longest_sentence: number;
  readonly long_words: readonly string[];
  readonly jargon: readonly string[];
  readonly passive: number;
}

export interface Limits {
  readonly words: number;
  readonly mean_sentence: number;
  readonly longest_sentence: number;
}

export interface Answer {
  readonly aspect: string;
  readonly title: string;
  readonly text: string;
  readonly more: string | null;
  readonly applicable: boolean;
  readonly complete: boolean;
  readonly local: boolean;
  readonly links: readonly Link[];
  readonly source: Source | null;
  readonly readability: Readability;
}

/** A particular question about a product, with an answer of its own. */
export interface Vac {
  readonly id: string;
  readonly question: string;
  readonly text: string;
  readonly questions: readonly string[];
  readonly follow_ups: readonly string[];
  readonly source: Source | null;
  readonly readability: Readability;
}

export interface Price {
  readonly description: string;
  readonly euro: string;
  readonly unit: string | null;
  readonly example: boolean;
}

export interface ProductSummary extends Named {
  readonly theme: Named;
  readonly channel: Channel;
}

export interface Body extends Named {
  readonly website: string | null;
  readonly phone: string | null;
}

export interface Product extends Named {
  readonly theme: Named;
  readonly audience: readonly string[];
  readonly words: readonly string[];
  readonly upl: { readonly name: string; readonly uri: string | null } | null;
  readonly owner: string;
  readonly team: Named;
  readonly channel: { readonly preferred: Channel; readonly reason: string };
  readonly appointment: string | null;
  readonly organisation: Body | null;
  readonly aspects: readonly Answer[];
  readonly vacs: readonly Vac[];
  readonly prices: readonly Price[];
  readonly related: readonly Named[];
  readonly sources: readonly Source[];
  readonly questions: Readonly<Record<string, readonly string[]>>;
  readonly limits: Limits;
}

export interface Hours {
  readonly start: string;
  readonly end: string;
  readonly by_appointment: boolean;
}

export interface Counter extends Named {
  readonly street: string | null;
  readonly postcode: string | null;
  readonly town: string | null;
  readonly note: string | null;
  readonly week: Readonly<Record<string, readonly Hours[]>> | null;
  readonly sources: readonly Source[];
  readonly example: boolean;
  readonly example_hours: boolean;
}

export interface Contact {
  readonly kind: string;
  readonly value: string;
  readonly note: string | null;
  readonly sources: readonly Source[];
  readonly example: boolean;
}

export interface Municipality extends Named {
  readonly website: string;
  readonly places: readonly { readonly name: string }[];
  readonly counters: readonly Counter[];
  readonly contacts: readonly Contact[];
}

export interface Opening {
  readonly counter: Named;
  readonly starts: string;
  readonly ends: string;
  readonly by_appointment: boolean;
}

export interface OpeningHours {
  readonly known: boolean;
  readonly open: readonly Opening[];
  readonly next: Opening | null;
}

/** The server has no such thing, as opposed to a server that does not answer. */
export class NotThere extends Error {}

const TIMEOUT_MS = 8000;

async function read<T>(path: string, query: Readonly<Record<string, string | null>> = {}): Promise<T> {
  const wanted = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) wanted.set(name, value);
  const text = wanted.toString();
  // no-cache: ask whether it changed, so that an editor sees a new text at once; the ETag keeps that cheap.
  const response = await fetch(`/api/v1/kennis/${path}${text ? `?${text}` : ""}`, {
    cache: "no-cache",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 404 || response.status === 422) throw new NotThere(path);
  if (!response.ok) throw new Error(`${response.status}`);
  return (await response.json()) as T;
}

export async function readThemes(): Promise<readonly Named[]> {
  return (await read<{ themes: Named[] }>("themas")).themes;
}

export async function readMunicipalities(): Promise<readonly Named[]> {
  return (await read<{ municipalities: Named[] }>("gemeenten")).municipalities;
}

export async function readProducts(query: string): Promise<readonly ProductSummary[]> {
  return (await read<{ products: ProductSummary[] }>("producten", { zoek: query })).products;
}

/** With the examples, so that an editor sees what still has to be looked up; the page marks them. */
export function readProduct(product: string, municipality: string | null): Promise<Product> {
  return read(`producten/${encodeURIComponent(product)}`, { gemeente: municipality, voorbeelden: "ja" });
}

export function readMunicipality(municipality: string): Promise<Municipality> {
  return read(`gemeenten/${encodeURIComponent(municipality)}`, { voorbeelden: "ja" });
}

export function readOpeningHours(municipality: string): Promise<OpeningHours> {
  return read(`gemeenten/${encodeURIComponent(municipality)}/openingstijden`);
}
