// The desk without a browser: the line to the server, one conversation, templates, waiting times, addresses.

import { beforeEach, describe, expect, it, vi } from "vitest";
import { Api, ApiError } from "../desk/api.js";
import { fitting, placed } from "../desk/beside.js";
import { dayName, isoDay, shortMoment } from "../desk/dates.js";
import { ALIVE_EVERY_MS, Line, SIGNED_OUT } from "../desk/line.js";
import { byNeed, changedQueue, newsOf } from "../desk/news.js";
import { parseFrame, type ConversationFrame, type Message, type Row, type Template } from "../desk/shapes.js";
import { steadyTimers } from "../desk/steady-timers.js";
import { Talk } from "../desk/talk.js";
import { fill, findTemplates, typedCommand } from "../desk/templates.js";
import { texts } from "../desk/texts.nl.js";
import { addressOf, invitationIn, readAddress } from "../desk/view.js";
import { level, minutesSince, short, spoken } from "../desk/waiting.js";
import { FakeSocket, FakeTimers } from "./fakes.js";

const row: Row = {
  id: "c1", owner: "agent", channel: "web", municipality: null, municipality_name: null, team: null, agent: null, product: null, product_name: null, reason: null,
  since: null, unanswered_since: null, unread: 0, danger: null, last_seq: 2,
};

function message(seq: number, text = `tekst ${seq}`): Message {
  return { id: `m${seq}`, seq, author: "citizen", text, at: "2026-11-23T10:00:00+01:00" };
}

function frame(...messages: Message[]): ConversationFrame {
  return { type: "conversation", id: "c1", row, messages, notes: [], deliveries: {} };
}

describe("the line", () => {
  const sockets: FakeSocket[] = [];
  const events = { frame: vi.fn(), up: vi.fn(), down: vi.fn(), signedOut: vi.fn(), watched: () => [{ id: "c1", after: 7 }] };
  let timers: FakeTimers;
  let line: Line;
  const socket = (): FakeSocket => sockets[sockets.length - 1] as FakeSocket;

  beforeEach(() => {
    sockets.length = 0;
    vi.clearAllMocks();
    timers = new FakeTimers();
    line = new Line(
      (url) => {
        sockets.push(new FakeSocket(url));
        return socket();
      },
      "ws://desk.test",
      timers,
      events,
    );
    line.start();
  });

  it("says it is there and what it watches as soon as it is open", () => {
    socket().open();
    expect(socket().sent).toEqual([
      { type: "alive", active: true },
      { type: "watch", conversations: [{ id: "c1", after: 7 }] },
    ]);
    expect(events.up).toHaveBeenCalledOnce();
  });

  it("tells every 15 seconds whether somebody touched a key or the mouse since", async () => {
    socket().open();
    await timers.pass(ALIVE_EVERY_MS);
    line.touch();
    await timers.pass(ALIVE_EVERY_MS);
    const alive = socket().sent.filter(({ type }) => type === "alive");
    expect(alive.map(({ active }) => active)).toEqual([true, false, true]);
  });

  it("comes back after a broken line and asks for what came after the last that is known", async () => {
    socket().open();
    socket().drop();
    expect(events.down).toHaveBeenCalledOnce();
    await timers.pass(1000);
    expect(sockets).toHaveLength(2);
    socket().open();
    expect(socket().sent).toContainEqual({ type: "watch", conversations: [{ id: "c1", after: 7 }] });
  });

  it("does not come back when the session is over", async () => {
    socket().open();
    socket().drop(SIGNED_OUT);
    await timers.pass(60_000);
    expect(events.signedOut).toHaveBeenCalledOnce();
    expect(sockets).toHaveLength(1);
  });

  it("gives up on a socket that never opens", async () => {
    await timers.pass(12_000);
    expect(sockets.length).toBeGreaterThan(1);
  });

  it("goes at once when the network is back", async () => {
    socket().drop();
    line.hurry();
    expect(sockets).toHaveLength(2);
    await timers.pass(900);
    expect(sockets).toHaveLength(2);
  });

  it("sends nothing while it is down", () => {
    line.typing("c1");
    expect(socket().sent).toEqual([]);
  });
});

describe("a frame of the server", () => {
  it.each([["geen json"], ["[]"], ["null"], ['{"type":"new"}'], [new Uint8Array()]])("%s is passed over", (data) => {
    expect(parseFrame(data)).toBeNull();
  });

  it("is read by its type", () => {
    expect(parseFrame('{"type":"board","mine":[]}')).toEqual({ type: "board", mine: [] });
  });
});

describe("an open conversation", () => {
  it("keeps messages in order and each once, whatever comes twice or late", () => {
    const talk = new Talk("c1");
    talk.received(frame(message(2), message(3)));
    const fresh = talk.received(frame(message(1), message(3), message(4)));
    expect(talk.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(fresh.map(({ seq }) => seq)).toEqual([4]);
  });

  it("shows a reply until the server's own copy is there, in whichever order they come", () => {
    const talk = new Talk("c1");
    talk.send("k1", "hallo", "nu");
    talk.received(frame(message(1, "hallo")));
    expect(talk.sending).toHaveLength(1);
    talk.stored("k1", 1);
    expect(talk.sending).toEqual([]);
    talk.send("k2", "dag", "nu");
    talk.stored("k2", 2);
    expect(talk.sending).toHaveLength(1);
    talk.received(frame(message(2, "dag")));
    expect(talk.sending).toEqual([]);
  });

  it("forgets what was called refused when it turns out to be there", () => {
    const talk = new Talk("c1");
    talk.send("k1", "hallo", "nu");
    talk.refused("k1", "De server antwoordt niet.");
    talk.received(frame({ ...message(1, "hallo"), client_id: "k1" }));
    expect(talk.sending).toEqual([]);
  });

  it("keeps what was refused, to send or change it", () => {
    const talk = new Talk("c1");
    talk.send("k1", "hallo", "nu");
    talk.refused("k1", "Dit gesprek is niet van u.");
    expect(talk.sending[0]?.problem).toBe("Dit gesprek is niet van u.");
    expect(talk.giveUp("k1")?.text).toBe("hallo");
    expect(talk.sending).toEqual([]);
  });

  it("puts a text behind what was written already", () => {
    const talk = new Talk("c1");
    talk.insert("eerste");
    talk.insert("tweede");
    expect(talk.draft).toBe("eerste\n\ntweede");
  });
});

describe("templates", () => {
  const all: Template[] = [
    { id: "moment", title: "Moment geduld", text: "Ik zoek het uit.", words: ["wachten"] },
    { id: "groet", title: "Begroeting", text: "Goedendag, u spreekt met {naam}. Een moment.", words: ["hallo"] },
  ];

  it.each([
    ["/", ""],
    ["/gro", "gro"],
    ["Dag.\n/Mom ent", "mom ent"],
    ["en/of", null],
    ["https://x.nl/", null],
    ["klaar", null],
  ])("%j asks for %j", (draft, command) => {
    expect(typedCommand(draft)).toBe(command);
  });

  it("are found by the start of each word, by title before text", () => {
    expect(findTemplates(all, "mo").map(({ id }) => id)).toEqual(["moment", "groet"]);
    expect(findTemplates(all, "hal").map(({ id }) => id)).toEqual(["groet"]);
    expect(findTemplates(all, "xyz")).toEqual([]);
  });

  it("take the place of the command and carry the agent's name", () => {
    expect(fill(all[1] as Template, "Dag.\n/gro", "Joke")).toBe("Dag.\n\nGoedendag, u spreekt met Joke. Een moment.");
  });
});

describe("steady timers", () => {
  const asked: object[] = [];
  const clockwork = { onmessage: null as ((event: { data: number }) => void) | null, postMessage: (wish: object) => void asked.push(wish) };

  it("run what is due once, and not what was taken back", () => {
    const timers = steadyTimers(clockwork);
    const [first, second] = [vi.fn(), vi.fn()];
    timers.after(15_000, first);
    const cancel = timers.after(20_000, second);
    cancel();
    expect(asked).toEqual([{ id: 1, after: 15_000 }, { id: 2, after: 20_000 }, { id: 2 }]);
    for (const data of [1, 1, 2]) clockwork.onmessage?.({ data });
    expect(first).toHaveBeenCalledOnce();
    expect(second).not.toHaveBeenCalled();
  });
});

describe("waiting", () => {
  const now = Date.parse("2026-11-23T10:30:00+01:00");

  it.each([
    ["2026-11-23T10:29:40+01:00", "nu", "minder dan een minuut", "calm"],
    ["2026-11-23T10:25:00+01:00", "5 min", "5 minuten", "long"],
    ["2026-11-23T09:25:00+01:00", "1 u 05", "1 uur en 05", "late"],
    ["2026-11-23T10:31:00+01:00", "nu", "minder dan een minuut", "calm"],
  ])("since %s is %s", (since, written, said, kind) => {
    const minutes = minutesSince(since, now);
    expect([short(minutes), spoken(minutes), level(minutes)]).toEqual([written, said, kind]);
  });

  it("is nothing when nobody waits", () => expect(minutesSince(null, now)).toBe(0));
});

describe("days", () => {
  const now = Date.parse("2026-11-23T23:30:00+01:00");

  it("are those of the Netherlands", () => {
    expect(isoDay("2026-11-23T23:30:00Z")).toBe("2026-11-24");
    expect(dayName("2026-11-23", now)).toBe("vandaag");
    expect(dayName("2026-11-22T12:00:00Z", now)).toBe("gisteren");
    expect(dayName("2026-12-01", now)).toBe("dinsdag 1 december");
    expect(shortMoment("2026-11-23T14:30:00+01:00", now)).toBe("vandaag 14:30");
  });
});

describe("addresses", () => {
  it.each(["/desk", "/desk#terugbellen", "/desk#meldingen", "/desk#gesprek=c%201", "/desk#melding=M-7K4M2P"])("%s leads back to itself", (address) => {
    expect(addressOf(readAddress(address.slice("/desk".length)))).toBe(address);
  });

  it("carry an invitation", () => {
    expect(invitationIn("#uitnodiging=a-b_c")).toBe("a-b_c");
    expect(invitationIn("#terugbellen")).toBeNull();
    expect(readAddress("#onzin")).toEqual({ name: "start" });
  });
});

describe("a call", () => {
  it("carries the header that another site cannot send, when it changes something", async () => {
    const fetcher = vi.fn(() => Promise.resolve(new Response(null, { status: 204 })));
    await new Api(fetcher as unknown as typeof fetch).post("conversations/c1/claim");
    const [address, options] = fetcher.mock.calls[0] as unknown as [string, RequestInit];
    expect(address).toBe("/desk/api/conversations/c1/claim");
    expect(options.headers).toMatchObject({ "X-Desk": "1" });
  });

  it("ends in the server's own Dutch sentence when it is refused", async () => {
    const answer = new Response('{"error":"already_taken","message":"Een collega was u voor."}', { status: 409 });
    const api = new Api((() => Promise.resolve(answer)) as unknown as typeof fetch);
    await expect(api.get("x")).rejects.toMatchObject({ status: 409, code: "already_taken", message: "Een collega was u voor." });
  });

  it.each([
    ["a server that is away", () => Promise.reject(new TypeError("refused")), "unreachable"],
    ["a proxy's page", () => Promise.resolve(new Response("<h1>502</h1>", { status: 502 })), ""],
    ["an answer that breaks off", () => Promise.resolve(new Response('{"rows":[', { status: 200 })), "unreachable"],
  ])("tells of %s in words", async (_, fetcher, code) => {
    const call = new Api(fetcher as unknown as typeof fetch).get("x");
    await expect(call).rejects.toBeInstanceOf(ApiError);
    await expect(call).rejects.toMatchObject({ code });
    await expect(call).rejects.toThrow(/probeer/i);
  });
});

describe("news", () => {
  const quiet = { available: true, took: new Set<string>(), inSight: () => false };
  const lists = (mine: Row[], queue: Row[] = []) => ({ mine, queue });
  const waiting: Row = { ...row, id: "w", owner: "queued" };

  it.each([
    ["somebody waits", lists([]), lists([], [waiting]), quiet, texts.notice.waiting],
    ["somebody in danger waits, also while one is busy", lists([]), lists([], [{ ...waiting, danger: "geweld" }]), { ...quiet, available: false }, texts.notice.danger],
    ["a conversation is given", lists([]), lists([row]), quiet, texts.notice.given],
    ["a citizen wrote", lists([row]), lists([{ ...row, unread: 1 }]), quiet, texts.notice.wrote],
    ["nothing: one took it oneself", lists([]), lists([row]), { ...quiet, took: new Set(["c1"]) }, ""],
    ["nothing: one looks at it", lists([row]), lists([{ ...row, unread: 1 }]), { ...quiet, inSight: () => true }, ""],
    ["nothing: one is busy", lists([]), lists([], [waiting]), { ...quiet, available: false }, ""],
    ["nothing: somebody left the queue", lists([], [waiting]), lists([]), quiet, ""],
  ])("is that %s", (_, before, after, now, text) => expect(newsOf(before, after, now)).toBe(text));


  it("puts danger first, then whoever waits longest", () => {
    const at = (id: string, since: string, danger: string | null = null): Row => ({ ...waiting, id, since, danger });
    const sorted = byNeed([at("late", "2026-11-23T10:05:00Z"), at("first", "2026-11-23T10:00:00Z"), at("danger", "2026-11-23T10:09:00Z", "geweld")]);
    expect(sorted.map(({ id }) => id)).toEqual(["danger", "first", "late"]);
  });
});

describe("conversations next to each other", () => {
  const tabs = ["a", "b", "c", "d"];

  it("keeps what stands where it is and fills free room in the order of the tabs", () => {
    expect(placed([], "b", "", tabs, 1)).toEqual(["b"]);
    expect(placed(["b"], "b", "", tabs, 3)).toEqual(["b", "a", "c"]);
    expect(placed(["b", "a"], "a", "b", tabs, 2)).toEqual(["b", "a"]);
  });

  it("gives a newcomer the place of the one that was in view", () => {
    expect(placed(["a", "b"], "d", "a", tabs, 2)).toEqual(["d", "b"]);
    expect(placed(["a", "b"], "d", "", tabs, 2)).toEqual(["a", "d"]);
  });

  it("never takes the one in view away when there is less room or a tab is closed", () => {
    expect(placed(["a", "b", "c"], "c", "c", tabs, 1)).toEqual(["c"]);
    expect(placed(["a", "b", "c"], "a", "a", ["a", "c"], 2)).toEqual(["a", "c"]);
  });

  it("fits two on a laptop, three on a wide screen, and never none", () => {
    expect(fitting(1366, 16, true)).toBe(2);
    expect(fitting(1920, 16, true)).toBe(3);
    expect(fitting(320, 16, false)).toBe(1);
  });
});

describe("changes of the queue", () => {
  const waiting = (id: string, minute: number): Row => ({ ...row, id, owner: "queued", since: `2026-11-23T10:0${minute}:00+01:00` });

  it("puts, replaces and takes away, the longest waiting first", () => {
    const changed = changedQueue([waiting("a", 1), waiting("b", 2)], { put: [waiting("c", 0), { ...waiting("b", 2), unread: 4 }], gone: ["a"] });
    expect(changed.map(({ id, unread }) => [id, unread])).toEqual([["c", 0], ["b", 4]]);
  });
});
