// Keeps one conversation connected: WebSocket where possible, HTTP long poll where not, and back again.

import { ApiError, type Credentials, type Http } from "./http.js";
import { ANSWER_WITHIN_MS, LiveLink, type OpenSocket } from "./live-link.js";
import { Sent } from "./sent.js";
import { refusal } from "./texts.js";
import { backoff, type Timers } from "./timers.js";
import type { Transcript } from "./transcript.js";
import type { Hint, Message, Outgoing, State } from "./wire.js";

export type Status = "connecting" | "online" | "offline";

export interface ConnectionEvents {
  changed(): void;
  arrived(messages: readonly Message[]): void;
  status(status: Status): void;
  /** The server does not know this conversation or this token (any more). */
  gone(): void;
  /** The conversation goes on in WhatsApp and is closed here. */
  moved(): void;
}

export interface Wires {
  readonly http: Http;
  readonly openSocket: OpenSocket;
  readonly timers: Timers;
  liveUrl(id: string): string;
}

const SOCKET_FAILURES_BEFORE_HTTP = 2;
export const TRY_SOCKET_AGAIN_MS = 60_000;
const POLL_WAIT_SECONDS = 25;
const CODE_TOKEN_WRONG = 4401;
const CODE_UNKNOWN = 4404;
const CODE_MOVED = 4410;
const CODE_GOING_AWAY = 1001;
const AWAY = "out_of_order";
const RETRYABLE = ["too_fast", ""];

export class Connection {
  private link: LiveLink | null = null;
  private polling: AbortController | null = null;
  private socketFailures = 0;
  private attempt = 0;
  private holeAskedAt = -1;
  private posting = false;
  private stopped = false;
  private readonly sent = new Sent();
  private cancelRetry = () => {};
  private cancelAckDeadline = () => {};

  constructor(
    private readonly wires: Wires,
    private readonly who: Credentials,
    private readonly transcript: Transcript,
    private readonly events: ConnectionEvents,
  ) {}

  start(): void {
    this.openLink();
  }

  stop(): void {
    this.stopped = true;
    this.cancelRetry();
    this.cancelAckDeadline();
    this.link?.close();
    this.link = null;
    this.polling?.abort();
    this.polling = null;
  }

  /** The browser says the network is back: do not sit out the waiting time. */
  wake(): void {
    if (!this.stopped && this.link === null) this.openLink();
  }

  /** Sends whatever has not been acknowledged, by the way that is open now; otherwise it goes when one opens. */
  flush(): void {
    if (this.link?.isLive) this.flushLink(this.link);
    else if (this.polling) void this.flushHttp();
  }

  /** Tells a hint if the line is live; false when it is not. */
  hint(hint: Hint): boolean {
    if (!this.link?.isLive) return false;
    this.link.hint(hint);
    return true;
  }

  private openLink(): void {
    this.cancelRetry();
    this.sent.newLine();
    const hello = { token: this.who.token, after: this.transcript.after };
    this.link = new LiveLink(this.wires.openSocket, this.wires.liveUrl(this.who.id), hello, this.wires.timers, {
      state: (state) => this.linkState(state),
      acknowledged: (id) => this.acknowledged(id),
      // What the server could not store now goes again over the next line; what it will not have is for the citizen.
      refused: (id, code, message) => (code === AWAY ? this.link?.giveUp() : this.refused(id, refusal(code, message), RETRYABLE.includes(code))),
      down: (code, wasLive) => this.linkDown(code, wasLive),
    });
  }

  private linkState(state: State): void {
    this.socketFailures = 0;
    this.attempt = 0;
    this.polling?.abort();
    this.polling = null;
    this.take(state);
    this.flush();
  }

  private linkDown(code: number, wasLive: boolean): void {
    this.link = null;
    this.cancelAckDeadline();
    if (code === CODE_TOKEN_WRONG || code === CODE_UNKNOWN) return this.over("gone");
    if (code === CODE_MOVED) return this.over("moved");
    if (!wasLive) this.socketFailures += 1;
    if (this.socketFailures >= SOCKET_FAILURES_BEFORE_HTTP) {
      this.retrySocketIn(TRY_SOCKET_AGAIN_MS);
      if (this.polling === null) void this.poll();
      return;
    }
    // A server that goes away on purpose is back in a moment: no alarm unless the next try fails too.
    if (code !== CODE_GOING_AWAY && wasLive) this.events.status("offline");
    this.retrySocketIn(backoff(this.attempt++, this.wires.timers.random));
  }

  private retrySocketIn(milliseconds: number): void {
    this.cancelRetry();
    this.cancelRetry = this.wires.timers.after(milliseconds, () => this.openLink());
  }

  private async poll(): Promise<void> {
    const polling = new AbortController();
    this.polling = polling;
    let failures = 0;
    let wait = 0;
    while (!polling.signal.aborted) {
      try {
        const state = await this.wires.http.poll(this.who, this.transcript.after, wait, polling.signal);
        if (polling.signal.aborted) return;
        this.take(state);
        this.flush();
        if (failures > 0) this.wake(); // the whole network was down, not just WebSockets
        failures = 0;
        wait = POLL_WAIT_SECONDS;
      } catch (error) {
        if (polling.signal.aborted) return;
        if (error instanceof ApiError && (error.gone || error.moved)) return this.over(error.moved ? "moved" : "gone");
        this.events.status("offline");
        wait = 0;
        await this.pause(backoff(failures++, this.wires.timers.random), polling.signal);
      }
    }
  }

  private pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.wires.timers.after(milliseconds, resolve);
      signal.addEventListener("abort", () => (cancel(), resolve()), { once: true });
    });
  }

  private take(state: State): void {
    const fresh = this.transcript.merge(state);
    this.events.status("online");
    if (fresh.length > 0) this.events.arrived(fresh);
    this.events.changed();
    if (this.transcript.hasHole) this.fillHole();
  }

  private fillHole(): void {
    const after = this.transcript.after;
    if (this.holeAskedAt === after) return this.transcript.acceptHole();
    this.holeAskedAt = after;
    this.link?.giveUp(); // the next hello asks from before the hole; a poll does so by itself
  }

  private flushLink(link: LiveLink): void {
    for (const message of this.transcript.unsent) {
      const next = this.sent.next(message.id);
      if (next === "send") link.send(message);
      else if (next === "give up") this.refused(message.id, "", true);
    }
    this.watchAcks();
  }

  /** A line that takes messages but never acknowledges them is dead, whatever the heartbeat says. */
  private watchAcks(): void {
    this.cancelAckDeadline();
    if (this.transcript.unsent.length === 0) return;
    this.cancelAckDeadline = this.wires.timers.after(ANSWER_WITHIN_MS, () => this.link?.giveUp());
  }

  private async flushHttp(): Promise<void> {
    if (this.posting) return;
    this.posting = true;
    try {
      let next: Outgoing | undefined;
      while (this.polling && (next = this.transcript.unsent[0]) !== undefined) {
        if (!(await this.post(next))) return;
      }
    } finally {
      this.posting = false;
    }
  }

  /** True when the next message may follow; false when this one must wait for a better moment. */
  private async post(message: Outgoing): Promise<boolean> {
    try {
      await this.wires.http.send(this.who, message);
      this.acknowledged(message.id);
      return true;
    } catch (error) {
      if (error instanceof ApiError && (error.gone || error.moved)) {
        this.over(error.moved ? "moved" : "gone");
        return false;
      }
      if (error instanceof ApiError && (error.final || error.status === 429)) {
        this.refused(message.id, error.message, !error.final);
        return true;
      }
      this.events.status("offline");
      return false; // the poll loop flushes again at its next answer
    }
  }

  private acknowledged(id: string): void {
    this.transcript.acknowledge(id);
    this.watchAcks();
    this.events.changed();
  }

  private refused(id: string, problem: string, retryable: boolean): void {
    this.sent.forget(id);
    this.transcript.fail(id, problem, retryable);
    this.watchAcks();
    this.events.changed();
  }

  private over(how: "gone" | "moved"): void {
    if (this.stopped) return;
    this.stop();
    this.events[how]();
  }
}
