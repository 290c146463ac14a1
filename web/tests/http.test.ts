// The HTTP calls: what they ask, and how each refusal reaches the caller.

import { describe, expect, it, vi } from "vitest";
import { ApiError, createHttp } from "../widget/src/http.js";
import { backoff } from "../widget/src/timers.js";
import { FakeTimers, state } from "./fakes.js";

const WHO = { id: "c1", token: "geheim" };

function setUp(answer: () => Response) {
  const fetcher = vi.fn<typeof fetch>(() => Promise.resolve(answer()));
  return { fetcher, http: createHttp("https://w.test", fetcher, new FakeTimers()) };
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

describe("http", () => {
  it("creates a conversation for a municipality", async () => {
    const { http, fetcher } = setUp(() => json({ id: "c1", token: "geheim" }, 201));
    expect(await http.create("heiloo")).toEqual(WHO);
    const [url, init] = fetcher.mock.calls[0] ?? [];
    expect(url).toBe("https://w.test/api/v1/conversations");
    expect(init).toMatchObject({ method: "POST", body: '{"municipality":"heiloo"}', credentials: "omit" });
  });

  it("sends the token with every call on a conversation, never in the address", async () => {
    const { http, fetcher } = setUp(() => json({ id: "m1", seq: 3 }, 202));
    expect(await http.send(WHO, { id: "m1", text: "hallo" })).toBe(3);
    const [url, init] = fetcher.mock.calls[0] ?? [];
    expect(url).not.toContain("geheim");
    expect(init?.headers).toMatchObject({ Authorization: "Bearer geheim" });
  });

  it("asks for what comes after the last number", async () => {
    const { http, fetcher } = setUp(() => json(state()));
    await http.poll(WHO, 7, 25, new AbortController().signal);
    expect(fetcher.mock.calls[0]?.[0]).toBe("https://w.test/api/v1/conversations/c1/messages?after=7&wait=25");
  });

  it.each([
    [401, { gone: true, final: true }],
    [404, { gone: true, final: true }],
    [409, { gone: false, final: true }],
    [429, { gone: false, final: false }],
    [503, { gone: false, final: false }],
  ])("tells what a %i means for the caller", async (status, expected) => {
    const { http } = setUp(() => json({ error: "code", message: "Een zin." }, status, { "Retry-After": "4" }));
    const error: unknown = await http.send(WHO, { id: "m1", text: "x" }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ ...expected, status, code: "code", message: "Een zin.", retryAfter: 4 });
  });

  it("does not take a proxy's page for an answer", async () => {
    const { http } = setUp(() => new Response("<html>Even geduld</html>"));
    await expect(http.poll(WHO, 0, 0, new AbortController().signal)).rejects.toMatchObject({ code: "bad_answer" });
    await expect(http.create(null)).rejects.toMatchObject({ code: "bad_answer" });
  });

  it("gives up when the server does not answer in time", async () => {
    const timers = new FakeTimers();
    const hanging = vi.fn<typeof fetch>(
      (_, init) => new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("aborted")))),
    );
    const sending = createHttp("", hanging, timers).send(WHO, { id: "m1", text: "x" });
    const outcome = expect(sending).rejects.toThrow("aborted");
    await timers.pass(10_000);
    await outcome;
  });
});

describe("backoff", () => {
  it("doubles up to thirty seconds, half of it by chance", () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backoff(attempt, () => 1))).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    expect(backoff(2, () => 0)).toBe(2000);
  });
});
