// Stand-ins for time, sockets, the server and storage, driven by hand so that no test waits for a clock.

import { vi } from "vitest";
import type { Wires } from "../widget/src/connection.js";
import type { Http } from "../widget/src/http.js";
import type { Socket } from "../widget/src/live-link.js";
import { parseSettings } from "../widget/src/settings.js";
import type { Drawer } from "../widget/src/shelf.js";
import type { Timers } from "../widget/src/timers.js";
import type { Message, State } from "../widget/src/wire.js";

export class FakeTimers implements Timers {
  now = 0;
  private waiting: { at: number; run: () => void }[] = [];

  after(milliseconds: number, run: () => void): () => void {
    const item = { at: this.now + milliseconds, run };
    this.waiting.push(item);
    return () => void (this.waiting = this.waiting.filter((other) => other !== item));
  }

  random(): number {
    return 1;
  }

  /** Lets time pass, running what becomes due in order. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      const due = this.waiting.filter((item) => item.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.waiting = this.waiting.filter((item) => item !== due);
      this.now = due.at;
      due.run();
      await settle();
    }
    this.now = end;
  }
}

/** Lets all promises that can go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;

  constructor(readonly url: string) {}

  send(data: string): void {
    if (this.closed) throw new Error("closing");
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.onopen?.();
  }

  frame(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  drop(code = 1006): void {
    this.closed = true;
    this.onclose?.({ code });
  }

  get messages(): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame.type === "message");
  }
}

export const MOVE = { code: "WW-K7PM-4QXR", phone: "+31251000000", link: "https://wa.me/31251000000?text=WW", until: "2026-11-22T10:10:00+01:00" };

/** All the wires of a connection, with every opened socket in `sockets` and HTTP calls as vitest spies. */
export function fakeWires() {
  const timers = new FakeTimers();
  const sockets: FakeSocket[] = [];
  const http = {
    municipalities: vi.fn<Http["municipalities"]>(() => Promise.resolve([])),
    create: vi.fn<Http["create"]>(() => Promise.resolve({ id: "c1", token: "t1" })),
    send: vi.fn<Http["send"]>(() => Promise.resolve(1)),
    poll: vi.fn<Http["poll"]>(() => new Promise(() => {})),
    settings: vi.fn<Http["settings"]>(() => Promise.resolve(parseSettings(null))),
    judge: vi.fn<Http["judge"]>(() => Promise.resolve()),
    move: vi.fn<Http["move"]>(() => Promise.resolve(MOVE)),
    share: vi.fn<Http["share"]>(() => Promise.resolve()),
    mail: vi.fn<Http["mail"]>(() => Promise.resolve()),
    end: vi.fn<Http["end"]>(() => Promise.resolve()),
    erase: vi.fn<Http["erase"]>(() => Promise.resolve()),
  };
  const wires: { -readonly [Key in keyof Wires]: Wires[Key] } = {
    http,
    timers,
    openSocket: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    },
    liveUrl: (id) => `ws://wegwijs.test/${id}`,
  };
  const last = () => {
    const socket = sockets[sockets.length - 1];
    if (!socket) throw new Error("no socket was opened");
    return socket;
  };
  return { wires, timers, sockets, http, last };
}

export class FakeDrawer implements Drawer {
  readonly values = new Map<string, string>();
  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }
  removeItem(key: string): void {
    this.values.delete(key);
  }
}

export function message(seq: number, rest: Partial<Message> = {}): Message {
  return { seq, author: "bot", text: `bericht ${seq}`, at: "2026-11-22T10:00:00+01:00", choices: [], meta: {}, ...rest };
}

export function state(messages: readonly Message[] = [], rest: Partial<State> = {}): State {
  return { owner: "bot", typing: false, waiting: null, municipality: "castricum", messages, ...rest };
}

export function stateFrame(messages: readonly Message[] = [], rest: Partial<State> = {}): object {
  return { type: "state", ...state(messages, rest) };
}
