// Calls the desk's API: each call has a time-out and ends in a value or an ApiError with a Dutch sentence.

import { ApiError } from "../widget/src/http.js";
import { texts } from "./texts.nl.js";

export { ApiError };

const TIMEOUT_MS = 15_000;

export type Query = Readonly<Record<string, string | number | null | undefined>>;

export class Api {
  constructor(private readonly fetcher: typeof fetch = fetch.bind(globalThis)) {}

  get<T>(path: string, query: Query = {}): Promise<T> {
    return this.call<T>("GET", path + search(query));
  }

  post<T = void>(path: string, body: unknown = {}): Promise<T> {
    return this.call<T>("POST", path, body);
  }

  /** The knowledge base's own read API. */
  knowledge<T>(path: string, query: Query = {}): Promise<T> {
    return this.send<T>("GET", `/api/v1/kennis/${path}${search(query)}`);
  }

  private call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.send<T>(method, `/desk/api/${path}`, body);
  }

  private async send<T>(method: string, address: string, body?: unknown): Promise<T> {
    const abort = new AbortController();
    const timeout = setTimeout(() => abort.abort(), TIMEOUT_MS);
    try {
      return await this.read<T>(await this.reach(method, address, body, abort.signal));
    } finally {
      clearTimeout(timeout);
    }
  }

  private async reach(method: string, address: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const changes = method !== "GET";
    try {
      return await this.fetcher(address, {
        method,
        signal,
        credentials: "same-origin",
        headers: changes ? { "Content-Type": "application/json", "X-Desk": "1" } : {},
        ...(changes && { body: JSON.stringify(body ?? {}) }),
      });
    } catch {
      throw new ApiError(0, "unreachable", texts.unreachable);
    }
  }

  private async read<T>(response: Response): Promise<T> {
    if (response.status === 204) return undefined as T;
    const answer = (await response.json().catch(() => null)) as { error?: string; message?: string } | null;
    if (response.ok && answer !== null) return answer as T;
    if (response.ok) throw new ApiError(0, "unreachable", texts.unreachable); // it broke off half-way
    const { error = "", message = "" } = answer ?? {};
    throw new ApiError(response.status, error, message || texts.failed, Number(response.headers.get("Retry-After")) || null);
  }
}

function search(query: Query): string {
  const values = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== "") values.set(name, String(value));
  const text = values.toString();
  return text && `?${text}`;
}
