// What the server tells by itself: the board, the open conversations, what is new in them, and whether the line is there.

import type { Socket } from "../widget/src/live-link.js";
import type { Desk } from "./desk.js";
import { Line } from "./line.js";
import { changedQueue, newsOf } from "./news.js";
import type { Board, ConversationFrame, QueueChanges, Row, ServerFrame } from "./shapes.js";
import { browserTimers } from "./steady-timers.js";
import { texts } from "./texts.nl.js";

const EMPTY: Board = { me: null as never, mine: [], queue: [], teams: [], colleagues: [], promises: [], reports: { open: 0, overdue: 0, mark: "" }, now: "" };

export class Live {
  board: Board = EMPTY;
  state: "connecting" | "live" | "lost" = "connecting";
  /** Until the board came, an empty list tells nothing. */
  boardCame = false;
  private readonly line: Line;
  private skew = 0;

  constructor(private readonly desk: Desk) {
    const url = `${location.origin.replace(/^http/, "ws")}/desk/api/live`;
    this.line = new Line((to) => new WebSocket(to) as Socket, url, browserTimers(), {
      frame: (frame) => this.onFrame(frame),
      up: () => this.turned("live"),
      down: () => this.turned("lost"),
      signedOut: () => this.desk.leave(texts.signIn.ended),
      watched: () => this.desk.talks.watched,
    });
  }

  /** Milliseconds of the server's clock. */
  get now(): number {
    return Date.now() + this.skew;
  }

  start(): void {
    this.line.start();
  }

  stop(): void {
    this.line.stop();
    this.board = EMPTY;
    this.boardCame = false;
    this.desk.notices.title(0);
  }

  /** A key or the mouse was touched. */
  touch(): void {
    this.line.touch();
  }

  hurry(): void {
    if (this.desk.phase === "in") this.line.hurry();
  }

  typing(id: string): void {
    this.line.typing(id);
  }

  watch(): void {
    this.line.watch();
  }

  /** The citizen's words on the screen are read; the server tells the lists. */
  seen(): void {
    const talk = this.desk.talks.here;
    if (talk && talk.lastSeq > 0 && document.hasFocus() && talk.row?.agent?.id === this.desk.me?.id) this.line.read(talk.id, talk.lastSeq);
  }

  private turned(state: "live" | "lost"): void {
    if (this.state === "lost" && state === "live") this.desk.say(texts.line.back);
    if (this.state === "live" && state === "lost") this.desk.say(texts.line.lost);
    this.state = state;
    this.desk.redraw();
  }

  private onFrame(frame: ServerFrame): void {
    if (frame.type === "board") this.onBoard(frame);
    else if (frame.type === "conversation") this.onConversation(frame);
    else if (frame.message) this.desk.alert = frame.message;
    this.desk.redraw();
  }

  private onBoard({ queue_changes: changes, ...part }: Partial<Board> & { readonly queue_changes?: QueueChanges }): void {
    const before = this.board;
    const first = !this.boardCame;
    this.boardCame = true;
    this.board = { ...before, ...part };
    if (changes) this.board = { ...this.board, queue: changedQueue(this.board.queue, changes) };
    if (part.now) this.skew = Date.parse(part.now) - Date.now();
    if (part.me) this.desk.me = part.me;
    if (part.reports) this.desk.reports.follow(part.reports.mark);
    for (const row of part.mine ?? []) this.keepOpen(row);
    if (!first) this.ring(before);
    this.desk.notices.title(this.unread + this.board.queue.length);
  }

  private get unread(): number {
    return this.board.mine.reduce((sum, row) => sum + row.unread, 0);
  }

  private keepOpen(row: Row): void {
    const { talks } = this.desk;
    if (talks.tabs.includes(row.id)) return;
    void talks.load(talks.add(row.id));
    talks.place();
  }

  private ring(before: Board): void {
    const { me, acts, notices } = this.desk;
    const available = me?.presence === "available";
    const text = newsOf(before, this.board, { available, took: acts.took, inSight: (id) => this.inSight(id) });
    if (text === "") return;
    notices.ring(text);
    this.desk.say(text);
  }

  private inSight(id: string): boolean {
    return document.hasFocus() && this.desk.talks.isHere(id);
  }

  private onConversation(frame: ConversationFrame): void {
    const { talks } = this.desk;
    const fresh = talks.get(frame.id)?.received(frame);
    if (!fresh || !talks.isHere(frame.id)) return;
    for (const message of fresh) if (message.author !== "agent") this.desk.say(`${texts.author[message.author]}: ${message.text}`);
    this.seen();
  }
}
