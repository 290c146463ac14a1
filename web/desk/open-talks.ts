// The conversations that are open: a tab each, what is known of each, and which of them stand next to each other.

import { fitting, placed, ROOMY_REM } from "./beside.js";
import { ApiError } from "./api.js";
import type { Desk } from "./desk.js";
import type { OpenedConversation } from "./shapes.js";
import { Talk } from "./talk.js";
import { texts } from "./texts.nl.js";

/** Below this one column shows at a time; as in styles/narrow.css. */
const NARROW = "(max-width: 62em), (max-height: 30em)";

export class OpenTalks {
  tabs: readonly string[] = [];
  /** The conversations next to each other; the one in view is among them. */
  shown: readonly string[] = [];
  private readonly known = new Map<string, Talk>();

  constructor(private readonly desk: Desk) {}

  get(id: string): Talk | undefined {
    return this.known.get(id);
  }

  /** What the server must tell of: every conversation, with the last `seq` that is known. */
  get watched(): readonly { readonly id: string; readonly after: number }[] {
    return [...this.known.values()].map((talk) => ({ id: talk.id, after: talk.lastSeq }));
  }

  /** The one in view. */
  get here(): Talk | null {
    const { view } = this.desk;
    return view.name === "talk" ? (this.known.get(view.id) ?? null) : null;
  }

  /** How many conversations fit next to each other. */
  get fits(): number {
    return matchMedia(NARROW).matches ? 1 : fitting(innerWidth, this.rem, this.desk.preferences.facts);
  }

  /** How many are wanted next to each other, as far as they fit. */
  get columns(): number {
    return Math.min(this.fits, this.desk.preferences.columns || (innerWidth >= ROOMY_REM * this.rem ? 2 : 1));
  }

  private get rem(): number {
    return parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** A tab for this conversation; what is known of it comes back. */
  add(id: string): Talk {
    if (!this.tabs.includes(id)) this.tabs = [...this.tabs, id];
    const talk = this.known.get(id) ?? new Talk(id);
    this.known.set(id, talk);
    return talk;
  }

  forget(): void {
    this.known.clear();
    this.tabs = this.shown = [];
  }

  /** Asks the server for all of it. */
  async load(talk: Talk): Promise<void> {
    try {
      talk.opened(await this.desk.api.get<OpenedConversation>(`conversations/${talk.id}`));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "signed_out") return this.desk.refused(error);
      talk.problem = error.message;
    }
    this.desk.live.watch();
    this.desk.cameInView(talk);
    this.desk.redraw();
  }

  /** So many next to each other. */
  arrange(columns: number): void {
    this.desk.prefer({ columns: Math.max(1, Math.min(this.fits, columns)) });
    this.desk.say(texts.beside.now(this.columns));
  }

  /** The window has another size, or there is more or less to show. */
  place(before = ""): void {
    const { view } = this.desk;
    if (view.name !== "talk") return;
    this.shown = placed(this.shown, view.id, before, this.tabs, this.columns);
    for (const id of this.shown) if (!this.known.has(id)) void this.load(this.add(id));
  }

  /** Takes a conversation out of view; it stays open as a tab. */
  putAside(id: string): void {
    const left = this.shown.filter((other) => other !== id);
    const next = left[Math.max(0, this.shown.indexOf(id) - 1)];
    if (next === undefined) return;
    this.shown = left;
    this.desk.keep({ columns: left.length });
    if (this.isHere(id)) this.desk.open(next);
    else this.desk.redraw();
  }

  close(id: string): void {
    const at = this.tabs.indexOf(id);
    this.tabs = this.tabs.filter((other) => other !== id);
    this.known.delete(id);
    this.desk.live.watch();
    const next = this.shown.find((other) => other !== id && this.tabs.includes(other)) ?? this.tabs[Math.min(at, this.tabs.length - 1)];
    if (!this.isHere(id)) (this.place(), this.desk.redraw());
    else if (next) this.desk.open(next);
    else this.desk.go({ name: "start" });
  }

  isHere(id: string): boolean {
    const { view } = this.desk;
    return view.name === "talk" && view.id === id;
  }
}
