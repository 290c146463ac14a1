// The desk of one agent: who is signed in, what the board shows, which conversations are open, and what is in view.

import type { Socket } from "../widget/src/live-link.js";
import { newId } from "../widget/src/ids.js";
import { Accounts } from "./accounts.js";
import { Acts } from "./acts.js";
import { Api, ApiError } from "./api.js";
import { fitting, placed, ROOMY_REM } from "./beside.js";
import { Calendar } from "./calendar.js";
import { Knowing } from "./knowing.js";
import { Line, type Watched } from "./line.js";
import { Lists } from "./lists.js";
import { changedQueue, newsOf } from "./news.js";
import { Notices } from "./notices.js";
import { keepPreferences, readPreferences, type Preferences } from "./preferences.js";
import { SigningIn } from "./signing-in.js";
import type { Board, ConversationFrame, Me, Named, OpenedConversation, QueueChanges, Row, ServerFrame, Template } from "./shapes.js";
import { browserTimers } from "./steady-timers.js";
import { Talk } from "./talk.js";
import { texts } from "./texts.nl.js";
import { addressOf, readAddress, type View } from "./view.js";

export type DialogName = "help" | "forward" | "handBack" | "close" | "callback" | "away" | "assign" | "finish" | "account" | "appointment" | "move" | "leave";
export interface Dialog {
  readonly name: DialogName;
  /** The conversation, promise, account or appointment it is about. */
  readonly about: string;
  /** The same for every try from one dialog, so that a lost answer never promises twice. */
  readonly key?: string;
}

/** Below this one column shows at a time; as in styles/narrow.css. */
const NARROW = "(max-width: 62em), (max-height: 30em)";

export const EMPTY: Board = { me: null as never, mine: [], queue: [], teams: [], colleagues: [], promises: [], now: "" };

export class Desk {
  phase: "loading" | "out" | "in" = "loading";
  me: Me | null = null;
  board: Board = EMPTY;
  boardCame = false;
  line: "connecting" | "live" | "lost" = "connecting";
  view: View = readAddress(location.hash);
  dialog: Dialog | null = null;
  alert = "";
  /** What was just done, until something else is done. */
  done = "";
  said: readonly { readonly id: number; readonly text: string }[] = [];
  tabs: readonly string[] = [];
  /** The conversations next to each other; the one in `view` is among them. */
  shown: readonly string[] = [];
  pane: "list" | "main" | "facts" = "list";
  templates: readonly Template[] = [];
  teams: readonly Named[] = [];
  municipalities: readonly Named[] = [];
  preferences: Preferences = readPreferences();
  focus: string | null = null;

  readonly api = new Api();
  readonly talks = new Map<string, Talk>();
  readonly notices = new Notices(() => this.preferences);
  readonly acts = new Acts(this);
  readonly knowing = new Knowing(this);
  readonly lists = new Lists(this);
  readonly calendar = new Calendar(this);
  readonly accounts = new Accounts(this);
  readonly signing = new SigningIn(this);
  private readonly link: Line;
  private skew = 0;
  private lastSaid = 0;

  constructor(readonly redraw: () => void) {
    const url = `${location.origin.replace(/^http/, "ws")}/desk/api/live`;
    this.link = new Line((to) => new WebSocket(to) as Socket, url, browserTimers(), {
      frame: (frame) => this.onFrame(frame),
      up: () => this.setLine("live"),
      down: () => this.setLine("lost"),
      signedOut: () => this.leave(texts.signIn.ended),
      watched: () => this.watched(),
    });
  }

  /** Milliseconds of the server's clock. */
  get now(): number {
    return Date.now() + this.skew;
  }

  get talk(): Talk | null {
    return this.view.name === "talk" ? (this.talks.get(this.view.id) ?? null) : null;
  }

  /** How many conversations fit next to each other. */
  get fits(): number {
    return matchMedia(NARROW).matches ? 1 : fitting(innerWidth, this.rem, this.preferences.facts);
  }

  /** How many are wanted next to each other, as far as they fit. */
  get columns(): number {
    return Math.min(this.fits, this.preferences.columns || (innerWidth >= ROOMY_REM * this.rem ? 2 : 1));
  }

  private get rem(): number {
    return parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  get leads(): boolean {
    return this.me?.role === "lead" || this.me?.role === "admin";
  }

  get unread(): number {
    return this.board.mine.reduce((sum, row) => sum + row.unread, 0);
  }

  rowOf(id: string): Row | null {
    const listed = [...this.board.mine, ...this.board.queue].find((row) => row.id === id);
    return listed ?? this.talks.get(id)?.row ?? null;
  }

  /** Who is signed in now; begins the work of the day. */
  enter(me: Me): void {
    this.me = me;
    this.phase = "in";
    if (me.totp_wanted) {
      this.go({ name: "settings" });
      return;
    }
    this.link.start();
    void this.read();
    if (this.view.name === "talk") this.open(this.view.id);
    else this.go(this.view);
    if (this.view.name === "start") this.pane = "list";
  }

  leave(problem = ""): void {
    this.link.stop();
    this.me = null;
    this.board = EMPTY;
    this.boardCame = false;
    this.talks.clear();
    this.tabs = this.shown = [];
    this.dialog = null;
    this.alert = "";
    this.phase = "out";
    this.notices.title(0);
    this.signing.begin(problem);
  }

  go(view: View): void {
    const before = this.view.name === "talk" ? this.view.id : "";
    this.view = view;
    this.place(before);
    this.pane = "main";
    this.alert = "";
    history.replaceState(null, "", addressOf(view));
    if (view.name !== "talk") {
      this.focus = "#titel";
      this.lists.show(view.name);
      this.calendar.show(view.name);
      this.accounts.show(view.name);
    }
    this.redraw();
  }

  open(id: string, focus: string = "#antwoord, #overnemen, #titel"): void {
    if (!this.tabs.includes(id)) this.tabs = [...this.tabs, id];
    const talk = this.talkOf(id);
    this.go({ name: "talk", id });
    this.focus = focus;
    this.knowing.follow(talk);
    void this.load(talk);
    this.seen();
  }

  /** Turns to a conversation that stands in view already; the focus is there. */
  turnTo(id: string): void {
    if (this.view.name === "talk" && this.view.id === id) return;
    this.view = { name: "talk", id };
    history.replaceState(null, "", addressOf(this.view));
    const talk = this.talkOf(id);
    this.knowing.follow(talk);
    this.seen();
    this.redraw();
  }

  /** So many conversations next to each other. */
  arrange(columns: number): void {
    this.prefer({ columns: Math.max(1, Math.min(this.fits, columns)) });
    this.say(texts.beside.now(this.columns));
  }

  /** Takes a conversation out of view; it stays open as a tab. */
  putAside(id: string): void {
    const left = this.shown.filter((other) => other !== id);
    const next = left[Math.max(0, this.shown.indexOf(id) - 1)];
    if (next === undefined) return;
    this.shown = left;
    this.preferences = { ...this.preferences, columns: left.length };
    keepPreferences(this.preferences);
    if (this.view.name === "talk" && this.view.id === id) this.open(next);
    else this.redraw();
  }

  /** The window has another size, or there is more or less to show. */
  place(before = ""): void {
    if (this.view.name !== "talk") return;
    this.shown = placed(this.shown, this.view.id, before, this.tabs, this.columns);
    for (const id of this.shown) if (!this.talks.has(id)) void this.load(this.talkOf(id));
  }

  closeTab(id: string): void {
    const at = this.tabs.indexOf(id);
    this.tabs = this.tabs.filter((other) => other !== id);
    this.talks.delete(id);
    this.link.watch();
    const next = this.shown.find((other) => other !== id && this.tabs.includes(other)) ?? this.tabs[Math.min(at, this.tabs.length - 1)];
    if (this.view.name !== "talk" || this.view.id !== id) (this.place(), this.redraw());
    else if (next) this.open(next);
    else this.go({ name: "start" });
  }

  /** The citizen's words on the screen are read; the server tells the lists. */
  seen(): void {
    const talk = this.talk;
    if (talk && talk.lastSeq > 0 && document.hasFocus() && talk.row?.agent?.id === this.me?.id) this.link.read(talk.id, talk.lastSeq);
  }

  touch(): void {
    this.link.touch();
  }

  hurry(): void {
    if (this.phase === "in") this.link.hurry();
  }

  typing(id: string): void {
    this.link.typing(id);
  }

  watchAgain(): void {
    this.link.watch();
  }

  /** Words for a screen reader, once. */
  say(text: string): void {
    this.said = [...this.said.slice(-4), { id: ++this.lastSaid, text }];
    this.redraw();
  }

  /** Says that something is done, to see and to hear. */
  tell(done: string): void {
    this.done = done;
    if (done) this.say(done);
    else this.redraw();
  }

  prefer(change: Partial<Preferences>): void {
    this.preferences = { ...this.preferences, ...change };
    keepPreferences(this.preferences);
    this.place();
    this.redraw();
  }

  show(dialog: Dialog | null): void {
    this.dialog = dialog && { key: newId(), ...dialog };
    this.redraw();
  }

  /** Does something that may be refused; the refusal is shown. */
  async try(work: () => Promise<unknown>, done = ""): Promise<boolean> {
    this.alert = this.done = "";
    try {
      await work();
    } catch (error) {
      this.refused(error);
      return false;
    }
    this.tell(done);
    return true;
  }

  refused(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === "signed_out") return this.leave(texts.signIn.ended);
    if (error.code === "totp_wanted") this.go({ name: "settings" });
    this.alert = error.message;
    this.redraw();
  }

  async load(talk: Talk): Promise<void> {
    try {
      talk.opened(await this.api.get<OpenedConversation>(`conversations/${talk.id}`));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "signed_out") return this.leave(texts.signIn.ended);
      talk.problem = error.message;
    }
    this.link.watch();
    this.knowing.follow(talk);
    this.seen();
    this.redraw();
  }

  private talkOf(id: string): Talk {
    const talk = this.talks.get(id) ?? new Talk(id);
    this.talks.set(id, talk);
    return talk;
  }

  private watched(): Watched[] {
    return [...this.talks.values()].map((talk) => ({ id: talk.id, after: talk.lastSeq }));
  }

  private async read(): Promise<void> {
    await this.try(async () => {
      const [templates, teams, places] = await Promise.all([
        this.api.get<{ templates: Template[] }>("templates"),
        this.api.get<{ teams: Named[] }>("teams"),
        this.api.knowledge<{ municipalities: Named[] }>("gemeenten"),
      ]);
      this.templates = templates.templates;
      this.teams = teams.teams;
      this.municipalities = places.municipalities;
      if (this.view.name === "appointments") this.calendar.show("appointments");
    });
  }

  private setLine(line: "live" | "lost"): void {
    if (this.line === "lost" && line === "live") this.say(texts.line.back);
    if (this.line === "live" && line === "lost") this.say(texts.line.lost);
    this.line = line;
    this.redraw();
  }

  private onFrame(frame: ServerFrame): void {
    if (frame.type === "board") this.onBoard(frame);
    else if (frame.type === "conversation") this.onConversation(frame);
    else if (frame.message) this.alert = frame.message;
    this.redraw();
  }

  private onBoard({ queue_changes: changes, ...part }: Partial<Board> & { readonly queue_changes?: QueueChanges }): void {
    const before = this.board;
    const first = !this.boardCame;
    this.boardCame = true;
    this.board = { ...before, ...part };
    if (changes) this.board = { ...this.board, queue: changedQueue(this.board.queue, changes) };
    if (part.now) this.skew = Date.parse(part.now) - Date.now();
    if (part.me) this.me = part.me;
    for (const row of part.mine ?? []) this.keepOpen(row);
    if (!first) this.ring(before);
    this.notices.title(this.unread + this.board.queue.length);
  }

  private keepOpen(row: Row): void {
    if (this.tabs.includes(row.id)) return;
    this.tabs = [...this.tabs, row.id];
    void this.load(this.talkOf(row.id));
    this.place();
  }

  private ring(before: Board): void {
    const available = this.me?.presence === "available";
    const text = newsOf(before, this.board, { available, took: this.acts.took, inSight: (id) => this.inSight(id) });
    if (text === "") return;
    this.notices.ring(text);
    this.say(text);
  }

  private inSight(id: string): boolean {
    return document.hasFocus() && this.view.name === "talk" && this.view.id === id;
  }

  private onConversation(frame: ConversationFrame): void {
    const talk = this.talks.get(frame.id);
    if (!talk) return;
    const fresh = talk.received(frame);
    if (this.view.name !== "talk" || this.view.id !== frame.id) return;
    for (const message of fresh) if (message.author !== "agent") this.say(`${texts.author[message.author]}: ${message.text}`);
    this.seen();
  }
}
