// Showing a picture or a place: what goes over the line, what is tried again, and what is told when it does not go.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, createHttp } from "../widget/src/http.js";
import { NotShared } from "../widget/src/files.js";
import { whereAmI } from "../widget/src/place.js";
import type { Session } from "../widget/src/session.js";
import { Sharing } from "../widget/src/sharing.js";
import { parseMessage } from "../widget/src/wire.js";
import { FakeTimers, settle } from "./fakes.js";

const WHO = { id: "c1", token: "geheim" };
const HERE = { latitude: 52.60012, longitude: 4.70099 };

describe("over the line", () => {
  function setUp() {
    const fetcher = vi.fn<typeof fetch>(() => Promise.resolve(new Response('{"id":"p1"}', { status: 202 })));
    return { fetcher, http: createHttp("https://w.test", fetcher, new FakeTimers()) };
  }

  it("a picture is the body, and its id stands in the address", async () => {
    const { fetcher, http } = setUp();
    const picture = new Blob(["x"], { type: "image/jpeg" });
    await http.share(WHO, "p 1", picture);
    const [url, init] = fetcher.mock.calls[0] ?? [];
    expect(url).toBe("https://w.test/api/v1/conversations/c1/pictures?id=p%201");
    expect(init).toMatchObject({ method: "POST", body: picture });
    expect(init?.headers).toMatchObject({ "Content-Type": "image/jpeg", Authorization: "Bearer geheim" });
  });

  it("a place is JSON", async () => {
    const { fetcher, http } = setUp();
    await http.share(WHO, "p1", HERE);
    const [url, init] = fetcher.mock.calls[0] ?? [];
    expect(url).toBe("https://w.test/api/v1/conversations/c1/place");
    expect(init?.body).toBe('{"id":"p1","latitude":52.60012,"longitude":4.70099}');
  });

  it.each(["picture", "place"])("the bot's wish for a %s is read", (wish) => {
    expect(parseMessage({ seq: 1, text: "?", meta: { input: wish } })?.meta.share).toBe(wish);
    expect(parseMessage({ seq: 1, text: "?", meta: { input: "tel" } })?.meta.share).toBeUndefined();
  });
});

describe("sharing a place", () => {
  const find = vi.fn();

  beforeEach(() => {
    find.mockReset();
    vi.stubGlobal("navigator", { geolocation: { getCurrentPosition: find } });
  });
  afterEach(() => vi.unstubAllGlobals());

  function setUp(share: (id: string) => Promise<void>) {
    const ids: string[] = [];
    const session = { share: (id: string) => (ids.push(id), share(id)) } as unknown as Session;
    const notes: string[] = [];
    const sharing = new Sharing({ session, say: () => {}, focusOn: () => {} }, (note) => notes.push(note));
    find.mockImplementation((found: PositionCallback) => found({ coords: HERE } as GeolocationPosition));
    return { ids, notes, sharing };
  }

  it("tries once more with the same id when nobody knows whether it arrived", async () => {
    let tries = 0;
    const { ids, notes, sharing } = setUp(() => (++tries === 1 ? Promise.reject(new TypeError("network")) : Promise.resolve()));
    sharing.actions.sharePlace();
    await settle();
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(notes).toEqual(["", ""]);
  });

  it("does not try again what the server refused, and tells its sentence", async () => {
    const { ids, notes, sharing } = setUp(() => Promise.reject(new ApiError(429, "too_fast", "Wacht even.")));
    sharing.actions.sharePlace();
    await settle();
    expect(ids).toHaveLength(1);
    expect(notes.at(-1)).toBe("Wacht even.");
    expect(sharing.busy).toBeNull();
  });

  it("leaves the way open to go on without when the network stays away", async () => {
    const { notes, sharing } = setUp(() => Promise.reject(new TypeError("network")));
    sharing.actions.sharePlace();
    await settle();
    expect(notes.at(-1)).toContain("ga zonder verder");
  });

  it("does one thing at a time", async () => {
    const { ids, sharing } = setUp(() => new Promise(() => {}));
    sharing.actions.sharePlace();
    sharing.actions.sharePlace();
    await settle();
    expect(ids).toHaveLength(1);
  });

  it.each([
    [1, "mag uw locatie niet delen"],
    [2, "niet gevonden"],
    [3, "niet gevonden"],
  ])("tells what to do when the browser gives error %i", async (code, told) => {
    find.mockImplementation((_found: unknown, failed: PositionErrorCallback) => failed({ code } as GeolocationPositionError));
    await expect(whereAmI()).rejects.toThrow(NotShared);
    await expect(whereAmI()).rejects.toThrow(told);
  });
});
