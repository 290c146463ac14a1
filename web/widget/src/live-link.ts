// One WebSocket from hello to close: speaks the frames, keeps the line open and notices when it is dead.

import { parseFrame, type Hint, type Outgoing, type ServerFrame, type State } from "./wire.js";
import type { Timers } from "./timers.js";

/** The part of WebSocket that we use, so that a test can play the server. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
  send(data: string): void;
  close(): void;
}

export type OpenSocket = (url: string) => Socket;

export interface LinkEvents {
  state(state: State): void;
  acknowledged(id: string): void;
  refused(id: string, code: string, message: string): void;
  /** The last event of a link; `wasLive` tells whether a state ever came through. */
  down(code: number, wasLive: boolean): void;
}

export const PING_EVERY_MS = 25_000;
export const ANSWER_WITHIN_MS = 10_000;
/** Short, because behind a proxy that swallows WebSockets the citizen waits for this before HTTP takes over. */
export const LIVE_WITHIN_MS = 5_000;

/** No close code came: we gave up on the line ourselves. */
export const GAVE_UP = 0;

export class LiveLink {
  private socket: Socket | null = null;
  private live = false;
  private ended = false;
  private cancelDeadline: () => void;
  private cancelPing: () => void = () => {};

  constructor(
    open: OpenSocket,
    url: string,
    hello: { readonly token: string; readonly after: number },
    private readonly timers: Timers,
    private readonly events: LinkEvents,
  ) {
    this.cancelDeadline = timers.after(LIVE_WITHIN_MS, () => this.giveUp());
    try {
      this.socket = open(url);
    } catch {
      // A policy of the site or of the browser that forbids WebSockets may throw; the owner hears it as of any other line.
      this.cancelDeadline();
      this.cancelDeadline = timers.after(0, () => this.giveUp());
      return;
    }
    this.socket.onopen = () => this.post({ type: "hello", ...hello });
    this.socket.onmessage = (event) => this.receive(parseFrame(event.data));
    this.socket.onclose = (event) => this.end(event.code);
  }

  get isLive(): boolean {
    return this.live && !this.ended;
  }

  send(message: Outgoing): void {
    this.post({ type: "message", ...message });
  }

  /** Tells something that need not arrive. */
  hint(frame: Hint): void {
    if (this.isLive) this.post(frame);
  }

  /** Ends the line because it looks dead; the owner hears `down` at once, not when the network notices. */
  giveUp(): void {
    this.end(GAVE_UP);
  }

  /** Ends the line without any further event. */
  close(): void {
    this.finish();
  }

  private receive(frame: ServerFrame | null): void {
    if (this.ended) return;
    if (this.live || frame?.type === "state") this.expectNextPing();
    if (frame?.type === "state") {
      this.live = true;
      this.events.state(frame.state);
    } else if (frame?.type === "ack") {
      this.events.acknowledged(frame.id);
    } else if (frame?.type === "error" && frame.id !== null) {
      this.events.refused(frame.id, frame.error, frame.message);
    }
  }

  private expectNextPing(): void {
    this.cancelDeadline();
    this.cancelPing();
    this.cancelPing = this.timers.after(PING_EVERY_MS, () => {
      this.post({ type: "ping" });
      this.cancelDeadline = this.timers.after(ANSWER_WITHIN_MS, () => this.giveUp());
    });
  }

  private post(frame: object): void {
    try {
      this.socket?.send(JSON.stringify(frame));
    } catch {
      this.giveUp(); // a socket that is closing throws; what was not acknowledged is sent again
    }
  }

  private end(code: number): void {
    if (this.ended) return;
    const wasLive = this.live;
    this.finish();
    this.events.down(code, wasLive);
  }

  private finish(): void {
    this.ended = true;
    this.cancelDeadline();
    this.cancelPing();
    if (this.socket === null) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }
}
