// The desk of one agent: who is signed in, what is in view, and what is said about it.

import { newId } from "../widget/src/ids.js";
import { Accounts } from "./accounts.js";
import { Acts } from "./acts.js";
import { Api, ApiError } from "./api.js";
import { Calendar } from "./calendar.js";
import { Knowing } from "./knowing.js";
import { Live } from "./live.js";
import { Lists } from "./lists.js";
import { Notices } from "./notices.js";
import { OpenTalks } from "./open-talks.js";
import { keepPreferences, readPreferences, type Preferences } from "./preferences.js";
import { Reports } from "./reports.js";
import { SigningIn } from "./signing-in.js";
import type { Board, Me, Named, Row, Template } from "./shapes.js";
import type { Talk } from "./talk.js";
import { texts } from "./texts.nl.js";
import { addressOf, readAddress, type ListName, type View } from "./view.js";

export type DialogName = "help" | "forward" | "handBack" | "close" | "callback" | "away" | "assign" | "finish" | "report" | "account" | "appointment" | "move" | "leave";
export interface Dialog {
  readonly name: DialogName;
  /** The conversation, promise, account, appointment or report it is about. */
  readonly about: string;
  /** The same for every try from one dialog, so that a lost answer never promises twice. */
  readonly key?: string;
}

export class Desk {
  phase: "loading" | "out" | "in" = "loading";
  me: Me | null = null;
  view: View = readAddress(location.hash);
  dialog: Dialog | null = null;
  alert = "";
  /** What was just done, until something else is done. */
  done = "";
  said: readonly { readonly id: number; readonly text: string }[] = [];
  pane: "list" | "main" | "facts" = "list";
  templates: readonly Template[] = [];
  teams: readonly Named[] = [];
  municipalities: readonly Named[] = [];
  preferences: Preferences = readPreferences();
  focus: string | null = null;

  readonly api = new Api();
  readonly talks = new OpenTalks(this);
  readonly notices = new Notices(() => this.preferences);
  readonly signing = new SigningIn(this);
  readonly live = new Live(this);
  acts = new Acts(this);
  knowing = new Knowing(this);
  lists = new Lists(this);
  calendar = new Calendar(this);
  reports = new Reports(this);
  accounts = new Accounts(this);
  private lastSaid = 0;

  constructor(readonly redraw: () => void) {}

  get board(): Board {
    return this.live.board;
  }

  /** Milliseconds of the server's clock. */
  get now(): number {
    return this.live.now;
  }

  get talk(): Talk | null {
    return this.talks.here;
  }

  get leads(): boolean {
    return this.me?.role === "lead" || this.me?.role === "admin";
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
    this.live.start();
    void this.read();
    if (this.view.name === "talk") this.open(this.view.id);
    else this.go(this.view);
    if (this.view.name === "start") this.pane = "list";
  }

  leave(problem = ""): void {
    this.live.stop();
    this.me = null;
    this.talks.forget();
    this.forgetDay();
    this.dialog = null;
    this.alert = this.done = "";
    this.said = [];
    this.phase = "out";
    this.signing.begin(problem);
  }

  /** Nothing that this agent found or looked for is left to whoever signs in next at this screen. */
  private forgetDay(): void {
    this.acts = new Acts(this);
    this.knowing = new Knowing(this);
    this.lists = new Lists(this);
    this.calendar = new Calendar(this);
    this.reports = new Reports(this);
    this.accounts = new Accounts(this);
  }

  go(view: View): void {
    const before = this.view.name === "talk" ? this.view.id : "";
    this.view = view;
    this.talks.place(before);
    this.pane = "main";
    this.alert = "";
    history.replaceState(null, "", addressOf(view));
    if (view.name !== "talk") {
      this.focus = "#titel";
      this.reports.show(view);
      if (view.name !== "report") this.showList(view.name);
    }
    this.redraw();
  }

  private showList(name: ListName): void {
    this.lists.show(name);
    this.calendar.show(name);
    this.accounts.show(name);
  }

  open(id: string, focus: string = "#antwoord, #overnemen, #titel"): void {
    const talk = this.talks.add(id);
    this.go({ name: "talk", id });
    this.focus = focus;
    this.cameInView(talk);
    void this.talks.load(talk);
  }

  /** Turns to a conversation that stands in view already; the focus is there. */
  turnTo(id: string): void {
    if (this.view.name === "talk" && this.view.id === id) return;
    this.view = { name: "talk", id };
    history.replaceState(null, "", addressOf(this.view));
    this.cameInView(this.talks.add(id));
    this.redraw();
  }

  /** What stands in view is read, and the knowledge beside it is about it. */
  cameInView(talk: Talk): void {
    this.knowing.follow(talk);
    this.live.seen();
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

  keep(change: Partial<Preferences>): void {
    this.preferences = { ...this.preferences, ...change };
    keepPreferences(this.preferences);
  }

  prefer(change: Partial<Preferences>): void {
    this.keep(change);
    this.talks.place();
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
}
