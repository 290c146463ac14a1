// The desk's WebSocket: tells that the agent is there, watches conversations, and comes back by itself without losing anything.

import { backoff, type Timers } from "../widget/src/timers.js";
import type { OpenSocket, Socket } from "../widget/src/live-link.js";
import { parseFrame, type ServerFrame } from "./shapes.js";

export const ALIVE_EVERY_MS = 15_000;
export const SIGNED_OUT = 4401;
/** Nothing at all for so long, while something should have come, means that the line is dead. */
const OPEN_WITHIN_MS = 10_000;

export interface Watched {
  readonly id: string;
  readonly after: number;
}

export interface LineEvents {
  frame(frame: ServerFrame): void;
  up(): void;
  down(): void;
  signedOut(): void;
  /** What must be watched now, with the last `seq` that is known of each. */
  watched(): readonly Watched[];
}

export class Line {
  private socket: Socket | null = null;
  private attempt = 0;
  private touched = true;
  private cancelTimer: () => void = () => {};
  private isUp = false;

  constructor(
    private readonly open: OpenSocket,
    private readonly url: string,
    private readonly timers: Timers,
    private readonly events: LineEvents,
  ) {}

  get live(): boolean {
    return this.isUp;
  }

  start(): void {
    this.stop();
    const socket = this.open(this.url);
    this.socket = socket;
    this.cancelTimer = this.timers.after(OPEN_WITHIN_MS, () => this.lost(0));
    socket.onopen = () => this.opened();
    socket.onmessage = (event) => this.receive(parseFrame(event.data));
    socket.onclose = (event) => this.lost(event.code);
  }

  stop(): void {
    this.cancelTimer();
    const socket = this.socket;
    this.socket = null;
    this.isUp = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** The network is back, or the page is seen again: do not wait any longer. */
  hurry(): void {
    if (this.socket === null && this.attempt > 0) this.start();
  }

  /** A key or the mouse was touched. */
  touch(): void {
    this.touched = true;
  }

  watch(): void {
    this.post({ type: "watch", conversations: this.events.watched() });
  }

  typing(id: string): void {
    this.post({ type: "typing", id });
  }

  read(id: string, seq: number): void {
    this.post({ type: "read", id, seq });
  }

  private opened(): void {
    this.cancelTimer();
    this.isUp = true;
    this.attempt = 0;
    this.alive();
    this.watch();
    this.events.up();
  }

  private alive(): void {
    this.post({ type: "alive", active: this.touched });
    this.touched = false;
    this.cancelTimer = this.timers.after(ALIVE_EVERY_MS, () => this.alive());
  }

  private receive(frame: ServerFrame | null): void {
    if (frame) this.events.frame(frame);
  }

  private lost(code: number): void {
    this.stop();
    if (code === SIGNED_OUT) return this.events.signedOut();
    this.events.down();
    this.cancelTimer = this.timers.after(backoff(this.attempt++, () => this.timers.random()), () => this.start());
  }

  private post(frame: object): void {
    if (!this.isUp) return;
    try {
      this.socket?.send(JSON.stringify(frame));
    } catch {
      this.lost(0); // a socket that is closing throws; what must last goes over HTTP
    }
  }
}
