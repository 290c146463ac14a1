// A citizen's visit: begins, is picked up again, and survives a server that forgot it.

import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../widget/src/http.js";
import { Session } from "../widget/src/session.js";
import { Shelf, openDrawer } from "../widget/src/shelf.js";
import type { Message } from "../widget/src/wire.js";
import { FakeDrawer, MOVE, fakeWires, message, settle, stateFrame } from "./fakes.js";

let fake: ReturnType<typeof fakeWires>;
let lasting: FakeDrawer;
let perTab: FakeDrawer;
let arrived: Message[];
let moved: number;

beforeEach(() => {
  fake = fakeWires();
  lasting = new FakeDrawer();
  perTab = new FakeDrawer();
  arrived = [];
  moved = 0;
});

function visit(municipality: string | null = "castricum"): { session: Session; shelf: Shelf } {
  const shelf = new Shelf("wegwijs:test", lasting, perTab);
  let ids = 0;
  const session = new Session(fake.wires, shelf, municipality, () => `m${(ids += 1)}`, {
    changed: () => {},
    arrived: (messages) => arrived.push(...messages),
    moved: () => (moved += 1),
  });
  return { session, shelf };
}

async function begin(municipality: string | null = "castricum") {
  const made = visit(municipality);
  await made.session.start();
  await settle();
  return made;
}

function goLive(messages: readonly Message[] = []): void {
  fake.last().open();
  fake.last().frame(stateFrame(messages));
}

describe("a first visit", () => {
  it("creates a conversation and remembers it", async () => {
    const { session, shelf } = await begin();
    expect(fake.http.create).toHaveBeenCalledExactlyOnceWith("castricum", "");
    expect(shelf.conversation).toEqual({ id: "c1", token: "t1" });
    expect(session.phase).toBe("ready");
  });

  it("announces the greeting", async () => {
    await begin();
    goLive([message(1)]);
    expect(arrived.map(({ seq }) => seq)).toEqual([1]);
  });

  it("asks for the municipality when none is given", async () => {
    fake.http.municipalities.mockResolvedValue([{ id: "heiloo", name: "Heiloo" }]);
    const { session } = await begin(null);
    expect(session).toMatchObject({ phase: "choosing", municipalities: [{ id: "heiloo" }] });
    expect(fake.http.create).not.toHaveBeenCalled();
    await session.pickMunicipality("heiloo");
    expect(fake.http.create).toHaveBeenCalledExactlyOnceWith("heiloo", "");
  });

  it("asks too when the page names a municipality that does not exist", async () => {
    fake.http.create.mockRejectedValueOnce(new ApiError(422, "unknown_municipality", ""));
    const { session } = await begin("atlantis");
    expect(session.phase).toBe("choosing");
  });

  it("keeps trying when the server is away and sends what was typed meanwhile", async () => {
    fake.http.create.mockRejectedValueOnce(new TypeError("network"));
    const { session } = await begin();
    expect(session).toMatchObject({ phase: "starting", status: "offline" });
    session.send("hallo");
    await fake.timers.pass(1000);
    goLive();
    expect(fake.last().messages).toEqual([{ type: "message", id: "m1", text: "hallo" }]);
  });

  it("tries at once when the browser says that the network is back", async () => {
    fake.http.create.mockRejectedValueOnce(new TypeError("network"));
    const { session } = await begin();
    session.wake();
    session.wake();
    await settle();
    expect(fake.http.create).toHaveBeenCalledTimes(2);
    await fake.timers.pass(60_000);
    expect(fake.http.create).toHaveBeenCalledTimes(2);
  });

  it("keeps over a reload what was typed before there was a conversation", async () => {
    fake.http.create.mockRejectedValueOnce(new TypeError("network"));
    const first = await begin();
    first.session.send("alvast een vraag");
    first.session.stop();
    const { session } = await begin();
    expect(session.transcript.pending.map(({ label }) => label)).toEqual(["alvast een vraag"]);
    goLive();
    expect(fake.last().messages).toEqual([{ type: "message", id: "m1", text: "alvast een vraag" }]);
    fake.last().frame({ type: "ack", id: "m1", seq: 2 });
    expect([...perTab.values.keys()].filter((name) => name.includes("unsent"))).toEqual([]);
  });

  it("waits as long as the server asks", async () => {
    fake.http.create.mockRejectedValueOnce(new ApiError(429, "too_fast", "Probeer het straks.", 20));
    const { session } = await begin();
    expect(session.problem).toBe("Probeer het straks.");
    await fake.timers.pass(19_000);
    expect(fake.http.create).toHaveBeenCalledTimes(1);
    await fake.timers.pass(1000);
    expect(fake.http.create).toHaveBeenCalledTimes(2);
  });
});

describe("a visit that ends while the conversation is being made", () => {
  it("connects to nothing", async () => {
    const { session } = visit();
    const starting = session.start();
    session.stop();
    await starting;
    expect([fake.sockets.length, session.phase]).toEqual([0, "asleep"]);
  });
});

describe("a return visit", () => {
  beforeEach(async () => {
    const { session } = await begin();
    goLive([message(1)]);
    session.markSeen();
    session.stop();
    arrived = [];
    fake.http.create.mockClear();
  });

  it("picks up the conversation and does not announce its history", async () => {
    await begin();
    goLive([message(1)]);
    expect(fake.http.create).not.toHaveBeenCalled();
    expect(fake.last().sent[0]).toMatchObject({ token: "t1", after: 0 });
    expect(arrived).toEqual([]);
    fake.last().frame(stateFrame([message(2)]));
    expect(arrived.map(({ seq }) => seq)).toEqual([2]);
  });

  it("counts what came in while the citizen was away", async () => {
    const { session } = await begin();
    goLive([message(1), message(2, { author: "agent" }), message(3, { author: "citizen" })]);
    expect(session.unread.length).toBe(1);
    session.markSeen();
    expect(session.unread.length).toBe(0);
  });

  it("sends what this tab had not sent yet, with the same id", async () => {
    const first = await begin();
    first.session.send("nog niet weg");
    first.session.stop();
    await begin();
    goLive([message(1)]);
    expect(fake.last().messages).toEqual([{ type: "message", id: "m1", text: "nog niet weg" }]);
  });

  it("begins anew when the server no longer knows the conversation, with the text that was not sent", async () => {
    const { session, shelf } = await begin();
    session.send("mijn vraag");
    session.choose({ id: "oud", title: "Oude keuze" });
    fake.http.create.mockResolvedValueOnce({ id: "c2", token: "t2" });
    fake.last().drop(4404);
    await settle();
    goLive([message(1)]);
    expect(shelf.conversation).toEqual({ id: "c2", token: "t2" });
    expect(session.restarted).toBe(true);
    expect(fake.last().messages.map(({ text }) => text)).toEqual(["mijn vraag"]);
  });

  it("joins the conversation another tab began in the meantime", async () => {
    const { shelf } = await begin();
    shelf.keep({ id: "c9", token: "t9" });
    fake.last().drop(4401);
    await settle();
    expect(fake.http.create).not.toHaveBeenCalled();
    expect(fake.last().url).toContain("c9");
  });

  it("does not ask for ever when the server forgets every new conversation", async () => {
    await begin();
    for (let turn = 0; turn < 5; turn += 1) {
      fake.last().drop(4404);
      await settle();
    }
    expect(fake.http.create).toHaveBeenCalledTimes(1);
    await fake.timers.pass(30_000);
    expect(fake.http.create).toHaveBeenCalledTimes(2);
  });
});

describe("a new conversation on request", () => {
  it("forgets the old one and starts clean", async () => {
    const { session, shelf } = await begin();
    goLive([message(1)]);
    fake.http.create.mockResolvedValueOnce({ id: "c2", token: "t2" });
    await session.restart();
    expect(session.transcript.messages).toEqual([]);
    expect(shelf.conversation).toEqual({ id: "c2", token: "t2" });
    expect(session.unread.length).toBe(0);
  });
});

describe("the shelf", () => {
  it("works from memory where storage is forbidden", () => {
    const drawer = openDrawer(() => {
      throw new Error("SecurityError");
    });
    const shelf = new Shelf("x", drawer, drawer);
    shelf.keep({ id: "a", token: "b" });
    expect(shelf.conversation).toEqual({ id: "a", token: "b" });
  });

  it.each(["{", "null", "7", '{"id":1,"token":"t"}', '{"id":"a"}'])("takes %s for nothing", (stored) => {
    lasting.setItem("x", stored);
    expect(new Shelf("x", lasting, perTab).conversation).toBeNull();
  });

  it("survives a full storage", () => {
    const full = new FakeDrawer();
    full.setItem = () => {
      throw new Error("QuotaExceededError");
    };
    expect(() => new Shelf("x", full, full).keep({ id: "a", token: "b" })).not.toThrow();
  });
});

describe("what the browser keeps", () => {
  it("is what this tab typed; what another tab typed stays when nothing is typed here", () => {
    const [one, other] = [visit().shelf, new Shelf("wegwijs:test", lasting, new FakeDrawer())];
    one.keeps = true;
    other.draft = "";
    one.draft = "Er brandt een lamp niet";
    other.draft = "";
    expect([one.draft, other.draft]).toEqual(["Er brandt een lamp niet", "Er brandt een lamp niet"]);
    one.draft = "";
    expect([...lasting.values.keys(), ...perTab.values.keys()].filter((name) => name.endsWith(":draft"))).toEqual([]);
  });

  it("stays in this tab until the citizen lets it last", async () => {
    const { shelf } = await begin();
    expect(lasting.values.size).toBe(0);
    shelf.keeps = true;
    expect([...lasting.values.keys()].sort()).toEqual(["wegwijs:test", "wegwijs:test:keeps", "wegwijs:test:seen"]);
    expect(shelf.conversation).toEqual({ id: "c1", token: "t1" });
  });

  it("comes back to this tab when the citizen changes their mind", async () => {
    const { shelf } = await begin();
    shelf.keeps = true;
    shelf.keeps = false;
    expect(lasting.values.size).toBe(0);
    expect(shelf.conversation).toEqual({ id: "c1", token: "t1" });
  });
});

describe("leaving", () => {
  it("leaves nothing here of a conversation that goes on in WhatsApp", async () => {
    const { session, shelf } = await begin();
    goLive([message(1)]);
    expect(await session.move()).toEqual(MOVE);
    expect(fake.http.move).toHaveBeenCalledExactlyOnceWith({ id: "c1", token: "t1" });
    fake.last().drop(4410);
    expect([moved, shelf.conversation, session.transcript.messages.length, session.phase]).toEqual([1, null, 0, "asleep"]);
  });

  it("forgets a deleted conversation here too", async () => {
    const { session, shelf } = await begin();
    goLive([message(1)]);
    await session.erase();
    expect(fake.http.erase).toHaveBeenCalledExactlyOnceWith({ id: "c1", token: "t1" });
    expect([shelf.conversation, session.transcript.messages.length, session.phase]).toEqual([null, 0, "asleep"]);
  });

  it("goes on with a conversation that could not be deleted", async () => {
    fake.http.erase.mockRejectedValue(new ApiError(503, "out_of_order", ""));
    const { session, shelf } = await begin();
    goLive([message(1)]);
    await expect(session.erase()).rejects.toThrow();
    expect([shelf.conversation?.id, session.phase]).toEqual(["c1", "ready"]);
  });

  it("takes a conversation that is gone already for deleted", async () => {
    fake.http.erase.mockRejectedValue(new ApiError(404, "unknown_conversation", ""));
    const { session, shelf } = await begin();
    await session.erase();
    expect(shelf.conversation).toBeNull();
  });

  it("does not bother the citizen with a judgement that got lost", async () => {
    fake.http.judge.mockRejectedValue(new ApiError(0, "", ""));
    const { session } = await begin();
    session.judge(2, { helpful: false, reason: "unclear" });
    await settle();
    expect(fake.http.judge).toHaveBeenCalledExactlyOnceWith({ id: "c1", token: "t1" }, 2, { helpful: false, reason: "unclear" });
  });

  it("shows a judgement at once, the last one, and what it was before when the last got lost", async () => {
    const { session } = await begin();
    goLive([message(1), message(2, { judgement: { helpful: true } })]);
    const shown = () => session.transcript.messages.map(({ judgement }) => judgement?.reason ?? judgement?.helpful);
    session.judge(2, { helpful: false });
    session.judge(2, { helpful: false, reason: "wrong" });
    expect(shown()).toEqual([undefined, "wrong"]);
    fake.http.judge.mockRejectedValue(new ApiError(0, "", ""));
    session.judge(2, { helpful: true });
    expect(shown()).toEqual([undefined, true]);
    await settle();
    expect(shown()).toEqual([undefined, "wrong"]);
  });
});
