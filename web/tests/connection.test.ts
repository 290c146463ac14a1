// The connection: nothing lost, nothing doubled, whatever happens to the line.

import { beforeEach, describe, expect, it } from "vitest";
import { Connection, TRY_SOCKET_AGAIN_MS, type Status } from "../widget/src/connection.js";
import { ApiError } from "../widget/src/http.js";
import { ANSWER_WITHIN_MS, LIVE_WITHIN_MS, PING_EVERY_MS } from "../widget/src/live-link.js";
import { Transcript } from "../widget/src/transcript.js";
import type { Message, Outgoing } from "../widget/src/wire.js";
import { fakeWires, message, settle, state, stateFrame } from "./fakes.js";

const WHO = { id: "c1", token: "geheim" };

let fake: ReturnType<typeof fakeWires>;
let transcript: Transcript;
let statuses: Status[];
let arrived: Message[];
let gone: number;
let moved: number;
let connection: Connection;

beforeEach(() => {
  fake = fakeWires();
  transcript = new Transcript();
  statuses = [];
  arrived = [];
  gone = 0;
  moved = 0;
  connection = new Connection(fake.wires, WHO, transcript, {
    changed: () => {},
    arrived: (messages) => arrived.push(...messages),
    status: (status) => statuses.push(status),
    gone: () => (gone += 1),
    moved: () => (moved += 1),
  });
});

function goLive(messages: readonly Message[] = []): void {
  fake.last().open();
  fake.last().frame(stateFrame(messages));
}

function send(outgoing: Outgoing): void {
  transcript.add(outgoing, outgoing.text ?? "");
  connection.flush();
}

async function failSockets(times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    fake.last().drop();
    await fake.timers.pass(2000);
  }
}

describe("over a WebSocket", () => {
  it("says hello with the token and the last number it has", () => {
    transcript.merge(state([message(1), message(2)]));
    connection.start();
    fake.last().open();
    expect(fake.last().sent).toEqual([{ type: "hello", token: "geheim", after: 2 }]);
    expect(fake.last().url).not.toContain("geheim");
  });

  it("sends nothing before the server has answered the hello", () => {
    connection.start();
    send({ id: "a", text: "hallo" });
    fake.last().open();
    expect(fake.last().messages).toEqual([]);
    fake.last().frame(stateFrame());
    expect(fake.last().messages).toEqual([{ type: "message", id: "a", text: "hallo" }]);
  });

  it("sends a message once per line", () => {
    connection.start();
    goLive();
    send({ id: "a", text: "een" });
    send({ id: "b", text: "twee" });
    expect(fake.last().messages.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("sends again with the same id what was not acknowledged when the line broke", async () => {
    connection.start();
    goLive([message(1)]);
    send({ id: "a", text: "een" });
    send({ id: "b", text: "twee" });
    fake.last().frame({ type: "ack", id: "a", seq: 2 });
    fake.last().drop();
    expect(statuses.at(-1)).toBe("offline");
    await fake.timers.pass(1000);
    goLive();
    expect(fake.last().sent[0]).toMatchObject({ after: 1 });
    expect(fake.last().messages.map(({ id }) => id)).toEqual(["b"]);
    expect(statuses.at(-1)).toBe("online");
  });

  it("does not send again what the new state already shows", async () => {
    connection.start();
    goLive();
    send({ id: "a", text: "een" });
    fake.last().drop();
    await fake.timers.pass(1000);
    goLive([message(1, { author: "citizen", client_id: "a" })]);
    expect(fake.last().messages).toEqual([]);
  });

  it("marks a refused message and leaves the rest alone", () => {
    connection.start();
    goLive();
    send({ id: "a", text: "een" });
    fake.last().frame({ type: "error", id: "a", error: "too_fast", message: "Wacht even." });
    expect(transcript.pending[0]).toMatchObject({ status: "failed", problem: "Wacht even.", retryable: true });
    transcript.retry("a");
    connection.flush();
    expect(fake.last().messages).toHaveLength(2);
  });

  it("sends over the next line what the server could not store now", async () => {
    connection.start();
    goLive();
    send({ id: "a", text: "een" });
    fake.last().frame({ type: "error", id: "a", error: "out_of_order", message: "Even niet." });
    expect([statuses.at(-1), transcript.unsent.length]).toEqual(["offline", 1]);
    await fake.timers.pass(1000);
    goLive();
    expect(fake.last().messages.map(({ id }) => id)).toEqual(["a"]);
  });

  it("leaves it to the citizen when line after line ends on the same message", async () => {
    connection.start();
    goLive();
    send({ id: "a", text: "een" });
    for (let line = 0; line < 5; line += 1) {
      expect(transcript.unsent.map(({ id }) => id)).toEqual(["a"]);
      fake.last().drop(1011);
      await fake.timers.pass(1000);
      goLive();
    }
    expect(transcript.pending[0]).toMatchObject({ status: "failed", retryable: true });
    expect(fake.last().messages).toEqual([]);
    transcript.retry("a");
    connection.flush();
    expect(fake.last().messages).toHaveLength(1);
  });

  it("does not offer to repeat what can never succeed", () => {
    connection.start();
    goLive();
    send({ id: "a", choice: "oud" });
    fake.last().frame({ type: "error", id: "a", error: "choice_used", message: "Al gebruikt." });
    expect(transcript.pending[0]).toMatchObject({ status: "failed", retryable: false });
  });

  it("gives up a line that takes a message and stays silent", async () => {
    connection.start();
    goLive();
    send({ id: "a", text: "een" });
    await fake.timers.pass(ANSWER_WITHIN_MS + 1000);
    expect(fake.sockets).toHaveLength(2);
    expect(fake.sockets[0]?.closed).toBe(true);
  });

  it("pings each 25 seconds and stays while the server answers", async () => {
    connection.start();
    goLive();
    for (let turn = 1; turn <= 3; turn += 1) {
      await fake.timers.pass(PING_EVERY_MS);
      expect(fake.last().sent.filter(({ type }) => type === "ping")).toHaveLength(turn);
      fake.last().frame({ type: "pong" });
    }
    expect(fake.sockets).toHaveLength(1);
  });

  it("reconnects when a ping stays unanswered", async () => {
    connection.start();
    goLive();
    await fake.timers.pass(PING_EVERY_MS + ANSWER_WITHIN_MS);
    expect(fake.sockets[0]?.closed).toBe(true);
    await fake.timers.pass(1000);
    expect(fake.sockets).toHaveLength(2);
  });

  it("shows no alarm when the server only goes away for a moment", async () => {
    connection.start();
    goLive();
    fake.last().drop(1001);
    await fake.timers.pass(1000);
    goLive();
    expect(statuses).not.toContain("offline");
  });

  it("fills a hole by asking from before it, once", async () => {
    connection.start();
    goLive([message(1), message(3)]);
    await fake.timers.pass(1000);
    fake.last().open();
    expect(fake.last().sent[0]).toMatchObject({ after: 1 });
    fake.last().frame(stateFrame([message(3)]));
    expect(fake.last().closed).toBe(false);
    expect(transcript.after).toBe(3);
  });

  it.each([4401, 4404])("reports a conversation that is gone (%i) and does not come back", async (code) => {
    connection.start();
    fake.last().open();
    fake.last().drop(code);
    await fake.timers.pass(120_000);
    expect(gone).toBe(1);
    expect(fake.sockets).toHaveLength(1);
    expect(fake.http.poll).not.toHaveBeenCalled();
  });

  it("reports a conversation that goes on in WhatsApp and does not come back", async () => {
    connection.start();
    goLive([message(1)]);
    fake.last().drop(4410);
    await fake.timers.pass(120_000);
    expect([moved, gone, fake.sockets.length]).toEqual([1, 0, 1]);
    expect(fake.http.poll).not.toHaveBeenCalled();
  });

  it("is silent after stop", async () => {
    connection.start();
    goLive();
    connection.stop();
    await fake.timers.pass(120_000);
    expect(fake.sockets).toHaveLength(1);
    expect(fake.last().closed).toBe(true);
  });
});

describe("when WebSockets are not possible", () => {
  it("goes over to HTTP after two failures in a row and sends there", async () => {
    fake.http.poll.mockResolvedValueOnce(state([message(1)]));
    connection.start();
    send({ id: "a", text: "hallo" });
    await failSockets(2);
    await settle();
    expect(arrived.map(({ seq }) => seq)).toEqual([1]);
    expect(fake.http.send).toHaveBeenCalledExactlyOnceWith(WHO, { id: "a", text: "hallo" });
    expect(transcript.unsent).toEqual([]);
    expect(statuses.at(-1)).toBe("online");
    expect(statuses).not.toContain("offline");
  });

  it("does so too when sockets open but nothing comes through", async () => {
    connection.start();
    fake.last().open();
    await fake.timers.pass(LIVE_WITHIN_MS + 1000);
    fake.last().open();
    await fake.timers.pass(LIVE_WITHIN_MS);
    expect(fake.http.poll).toHaveBeenCalled();
  });

  it("does so too where opening one throws, as a policy may have it", async () => {
    fake.wires.openSocket = () => {
      throw new Error("insecure");
    };
    fake.http.poll.mockResolvedValueOnce(state([message(1)]));
    connection.start();
    await fake.timers.pass(1000);
    expect(arrived.map(({ seq }) => seq)).toEqual([1]);
    connection.stop();
  });

  it("tries a WebSocket again after a minute and then stops polling", async () => {
    connection.start();
    await failSockets(2);
    await fake.timers.pass(TRY_SOCKET_AGAIN_MS);
    expect(fake.sockets).toHaveLength(3);
    const signal = fake.http.poll.mock.lastCall?.[3];
    goLive([message(1)]);
    expect(signal?.aborted).toBe(true);
  });

  it("keeps polling while the retried WebSocket fails again", async () => {
    connection.start();
    await failSockets(2);
    await fake.timers.pass(TRY_SOCKET_AGAIN_MS);
    fake.last().drop();
    await settle();
    expect(fake.http.poll).toHaveBeenCalledTimes(1);
    expect(fake.http.poll.mock.lastCall?.[3].aborted).toBe(false);
  });

  it("tells of a lost network, and tries a WebSocket at once when it was the whole network", async () => {
    fake.http.poll.mockRejectedValueOnce(new TypeError("network")).mockResolvedValueOnce(state());
    connection.start();
    await failSockets(2);
    expect(statuses).toContain("offline");
    await fake.timers.pass(1000);
    expect(statuses.at(-1)).toBe("online");
    expect(fake.sockets).toHaveLength(3);
  });

  it("keeps a message that the network lost and sends it at the next answer", async () => {
    let answer: (value: ReturnType<typeof state>) => void = () => {};
    fake.http.poll.mockResolvedValueOnce(state()).mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    fake.http.send.mockRejectedValueOnce(new TypeError("network"));
    connection.start();
    await failSockets(2);
    send({ id: "a", text: "hallo" });
    await settle();
    expect(statuses.at(-1)).toBe("offline");
    expect(transcript.unsent).toHaveLength(1);
    answer(state());
    await settle();
    expect(fake.http.send.mock.calls.map(([, { id }]) => id)).toEqual(["a", "a"]);
    expect(transcript.unsent).toEqual([]);
  });

  it("sends in order, the next only after the answer to the one before", async () => {
    fake.http.poll.mockResolvedValueOnce(state());
    const answers: (() => void)[] = [];
    fake.http.send.mockImplementation(() => new Promise((resolve) => answers.push(() => resolve(1))));
    connection.start();
    await failSockets(2);
    send({ id: "a", text: "een" });
    send({ id: "b", text: "twee" });
    await settle();
    expect(fake.http.send.mock.calls.map(([, { id }]) => id)).toEqual(["a"]);
    answers[0]?.();
    await settle();
    expect(fake.http.send.mock.calls.map(([, { id }]) => id)).toEqual(["a", "b"]);
  });

  it("passes a refused message by and goes on with the next", async () => {
    fake.http.poll.mockResolvedValueOnce(state());
    fake.http.send.mockRejectedValueOnce(new ApiError(413, "too_long", "Te lang."));
    connection.start();
    await failSockets(2);
    send({ id: "a", text: "een" });
    send({ id: "b", text: "twee" });
    await settle();
    expect(transcript.pending.map(({ status }) => status)).toEqual(["failed", "stored"]);
    expect(transcript.pending[0]).toMatchObject({ problem: "Te lang.", retryable: false });
  });

  it("reports a conversation that goes on in WhatsApp", async () => {
    fake.http.poll.mockRejectedValueOnce(new ApiError(410, "moved", ""));
    connection.start();
    await failSockets(2);
    expect([moved, gone]).toEqual([1, 0]);
  });

  it("reports a conversation that is gone", async () => {
    fake.http.poll.mockRejectedValueOnce(new ApiError(404, "unknown_conversation", ""));
    connection.start();
    await failSockets(2);
    expect(gone).toBe(1);
  });
});

describe("when the network comes back", () => {
  it("connects at once instead of sitting out the wait", () => {
    connection.start();
    goLive();
    fake.last().drop();
    connection.wake();
    expect(fake.sockets).toHaveLength(2);
  });
});
