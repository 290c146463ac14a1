// What the browser remembers: which conversation is ours, what stands in the box and what this tab had not sent yet.
//
// Without the citizen's consent everything stays in this tab and goes with it; with consent the conversation lasts and is shared by tabs.

import type { Credentials } from "./http.js";
import { isObject } from "./wire.js";
import type { Pending } from "./transcript.js";

/** The part of Storage that we use. */
export interface Drawer {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Nothing but an e-mail address or a number: how to reach somebody, also where the question left open which of the two. */
const REACH = /^(\S+@\S*|[+\d][-+\d\s()]*)$/;

export class Shelf {
  /** What this tab kept last: the draft of another tab is not ours to remove. */
  private kept: string | null = null;

  /** `drawers` are localStorage and sessionStorage; a browser that forbids them gets memory instead. */
  constructor(
    private readonly name: string,
    private readonly device: Drawer,
    private readonly perTab: Drawer,
  ) {}

  /** Whether the citizen lets us keep the conversation on this device. */
  get keeps(): boolean {
    return read(this.device, this.keepsName) === true;
  }

  /** Moves the conversation to where it may be from now on. */
  set keeps(value: boolean) {
    const { conversation, seen, draft } = this;
    if (value) write(this.device, this.keepsName, true);
    else [this.name, this.seenName, this.draftName, this.keepsName].forEach((name) => drop(this.device, name));
    this.kept = null;
    this.draft = draft;
    if (!conversation) return;
    this.keep(conversation);
    write(this.lasting, this.seenName, seen);
    if (value) [this.name, this.seenName].forEach((name) => drop(this.perTab, name));
  }

  get sound(): boolean {
    return read(this.perTab, `${this.name}:sound`) === true;
  }

  set sound(value: boolean) {
    write(this.perTab, `${this.name}:sound`, value);
  }

  get conversation(): Credentials | null {
    const value = read(this.lasting, this.name);
    return isObject(value) && typeof value.id === "string" && typeof value.token === "string"
      ? { id: value.id, token: value.token }
      : null;
  }

  keep(who: Credentials): void {
    write(this.lasting, this.name, who);
  }

  /** Forgets a conversation, unless another tab already put a newer one in its place. */
  forget(who: Credentials): void {
    drop(this.perTab, this.outboxName(who));
    if (this.conversation?.id !== who.id) return;
    drop(this.lasting, this.name);
    drop(this.lasting, this.seenName);
  }

  get seen(): number {
    const value = read(this.lasting, this.seenName);
    return typeof value === "number" ? value : 0;
  }

  see(seq: number): void {
    if (seq > this.seen) write(this.lasting, this.seenName, seq);
  }

  /** Whether the citizen last opened or closed the chat in this tab; null when they did neither. */
  get open(): boolean | null {
    const value = read(this.perTab, this.openName);
    return typeof value === "boolean" ? value : null;
  }

  set open(value: boolean | null) {
    write(this.perTab, this.openName, value);
  }

  /** What stands in the box to type in; a reload or the next page finds it there again. */
  get draft(): string {
    const value = read(this.perTab, this.draftName) ?? read(this.device, this.draftName);
    return typeof value === "string" ? value : "";
  }

  set draft(typed: string) {
    const text = REACH.test(typed.trim()) ? "" : typed;
    if (text === this.kept) return;
    this.kept = text;
    for (const drawer of [this.perTab, this.lasting]) text === "" ? drop(drawer, this.draftName) : write(drawer, this.draftName, text);
  }

  /** What this tab did not send yet; `null` for what waits for a conversation to begin. */
  unsent(who: Credentials | null): Pending[] {
    const value = read(this.perTab, this.outboxName(who));
    return Array.isArray(value) ? (value as unknown[]).filter(isPending) : [];
  }

  keepUnsent(who: Credentials | null, pending: readonly Pending[]): void {
    const open = pending.filter((item) => item.status !== "stored");
    if (open.length === 0) drop(this.perTab, this.outboxName(who));
    else write(this.perTab, this.outboxName(who), open);
  }

  private get lasting(): Drawer {
    return this.keeps ? this.device : this.perTab;
  }

  private get keepsName(): string {
    return `${this.name}:keeps`;
  }

  private get seenName(): string {
    return `${this.name}:seen`;
  }

  private get draftName(): string {
    return `${this.name}:draft`;
  }

  private get openName(): string {
    return `${this.name}:open`;
  }

  private outboxName(who: Credentials | null): string {
    return `${this.name}:unsent:${who?.id ?? ""}`;
  }
}

/** Storage can be switched off by policy; then the conversation lasts as long as the page. */
export function openDrawer(open: () => Storage): Drawer {
  try {
    const drawer = open();
    drawer.getItem("wegwijs");
    return drawer;
  } catch {
    const memory = new Map<string, string>();
    return {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
      removeItem: (key) => void memory.delete(key),
    };
  }
}

function isPending(value: unknown): value is Pending {
  return isObject(value) && isObject(value.message) && typeof value.message.id === "string" && typeof value.label === "string";
}

function read(drawer: Drawer, name: string): unknown {
  try {
    return JSON.parse(drawer.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

function write(drawer: Drawer, name: string, value: unknown): void {
  try {
    drawer.setItem(name, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the memory across pages, never the conversation itself.
  }
}

function drop(drawer: Drawer, name: string): void {
  try {
    drawer.removeItem(name);
  } catch {
    // As above.
  }
}
