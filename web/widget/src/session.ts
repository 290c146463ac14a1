// One citizen's session: picks up or starts the conversation, and offers what the screen needs to show and do.

import { Beginning } from "./beginning.js";
import { Connection, type Status, type Wires } from "./connection.js";
import { Hints } from "./hints.js";
import { ApiError, type Credentials, type Http, type Move } from "./http.js";
import { Transcript } from "./transcript.js";
import type { Shelf } from "./shelf.js";
import type { Choice, Judgement, Message, Municipality, Place } from "./wire.js";

export type Phase = Beginning["phase"] | "ready";

export interface SessionEvents {
  changed(): void;
  /** Messages that are new to this citizen, so not the history after a reload. */
  arrived(messages: readonly Message[]): void;
  /** The conversation goes on in WhatsApp: nothing of it is left here. */
  moved(): void;
}

export class Session {
  status: Status = "connecting";
  /** The earlier conversation was no longer there, so this is a new one. */
  restarted = false;
  transcript = new Transcript();
  private readonly beginning: Beginning;
  private connection: Connection | null = null;
  private hints: Hints | null = null;
  private who: Credentials | null = null;
  private silentHistory = false;
  private goneInARow = 0;

  constructor(
    private readonly wires: Wires,
    private readonly shelf: Shelf,
    municipality: string | null,
    private readonly newId: () => string,
    private readonly events: SessionEvents,
    product = "",
  ) {
    this.beginning = new Beginning(wires, municipality, product, {
      changed: (status = this.status) => this.setStatus(status),
      begun: (who) => (this.shelf.keep(who), this.join(who, false)),
    });
  }

  get phase(): Phase {
    return this.connection ? "ready" : this.beginning.phase;
  }

  get problem(): string {
    return this.beginning.problem;
  }

  get municipalities(): readonly Municipality[] {
    return this.beginning.municipalities;
  }

  get http(): Http {
    return this.wires.http;
  }

  /** True when the browser remembers a conversation that can be picked up without asking anything. */
  get remembered(): boolean {
    return this.shelf.conversation !== null;
  }

  get unread(): readonly Message[] {
    const seen = this.shelf.seen;
    return this.transcript.messages.filter((message) => message.author !== "citizen" && message.seq > seen);
  }

  /** Picks up the remembered conversation or begins one; safe to call again. */
  async start(): Promise<void> {
    if (this.phase !== "asleep") return;
    this.takeUnsent(null);
    const stored = this.shelf.conversation;
    return stored ? this.join(stored, true) : this.beginning.start();
  }

  stop(): void {
    this.beginning.stop();
    this.connection?.stop();
    this.connection = this.hints = null;
  }

  wake(): void {
    this.beginning.wake();
    this.connection?.wake();
  }

  /** `null`: the citizen does not know or it does not matter; the bot asks when it needs to. */
  pickMunicipality(id: string | null): Promise<void> {
    return this.beginning.pick(id);
  }

  send(text: string): void {
    this.submit({ id: this.newId(), text }, text);
  }

  choose(choice: Choice): void {
    this.submit({ id: this.newId(), choice: choice.id }, choice.title);
  }

  retry(id: string): void {
    this.transcript.retry(id);
    this.sync();
  }

  takeBack(id: string): void {
    this.transcript.remove(id);
    this.sync();
  }

  /** The messages are in front of the citizen. */
  markSeen(): void {
    if (this.unread.length > 0) this.shelf.see(this.transcript.newest);
    this.hints?.seen();
  }

  /** The citizen changed what stands in the box. */
  typing(text: string): void {
    this.hints?.typing(text);
  }

  /** Leaves this conversation and begins a new one. */
  async restart(): Promise<void> {
    this.leave();
    await this.start();
  }

  /** Tells whether an answer helped, in the place of what was told before. What could not be told is as if it was not; that is no trouble of the citizen's. */
  judge(seq: number, judgement: Judgement): void {
    if (!this.who) return;
    const undo = this.transcript.judge(seq, judgement);
    this.events.changed();
    this.wires.http.judge(this.who, seq, judgement).catch(() => (undo(), this.events.changed()));
  }

  /** A code with which the conversation goes on in WhatsApp. Rejects as `end` does. */
  async move(): Promise<Move> {
    if (this.who) return this.wires.http.move(this.who);
    throw new ApiError(404, "", "");
  }

  /** Has the conversation sent to this address. Rejects as `end` does. */
  async mail(email: string): Promise<void> {
    if (this.who) await this.wires.http.mail(this.who, email);
  }

  /** Shows a picture or a place. Rejects as `end` does. */
  async share(id: string, what: Blob | Place): Promise<void> {
    if (this.who) await this.wires.http.share(this.who, id, what);
  }

  /** Ends the conversation. Rejects with an ApiError, or whatever the network gives. */
  async end(): Promise<void> {
    if (this.who) await this.wires.http.end(this.who);
  }

  /** Has everything deleted, on the server and here. Rejects as `end` does, and then nothing is forgotten here. */
  async erase(): Promise<void> {
    const who = this.who;
    if (!who) return;
    this.connection?.stop();
    try {
      await this.wires.http.erase(who);
    } catch (error) {
      if (!(error instanceof ApiError && error.gone)) {
        this.join(who, true);
        throw error;
      }
    }
    this.leave();
  }

  private leave(): void {
    if (this.who) this.shelf.forget(this.who);
    this.stop();
    this.who = null;
    this.transcript = new Transcript();
    this.restarted = false;
    this.events.changed();
  }

  private submit(message: { id: string; text?: string; choice?: string }, label: string): void {
    this.transcript.add(message, label);
    this.hints?.sent();
    this.sync();
  }

  private sync(): void {
    this.shelf.keepUnsent(this.who, this.transcript.pending);
    this.connection?.flush();
    this.events.changed();
  }

  private setStatus(status: Status): void {
    this.status = status;
    this.events.changed();
  }

  private join(who: Credentials, picksUp: boolean): void {
    this.who = who;
    this.status = "connecting";
    this.beginning.done();
    this.silentHistory = picksUp;
    this.takeUnsent(who);
    this.shelf.keepUnsent(who, this.transcript.pending);
    this.shelf.keepUnsent(null, []);
    this.connection = new Connection(this.wires, who, this.transcript, {
      changed: () => this.changed(who),
      arrived: (messages) => this.silentHistory || this.events.arrived(messages),
      status: (status) => this.setStatus(status),
      gone: () => this.gone(who),
      moved: () => (this.leave(), this.events.moved()),
    });
    this.hints = new Hints(this.connection, this.transcript);
    this.connection.start();
    this.events.changed();
  }

  private takeUnsent(who: Credentials | null): void {
    for (const { message, label } of this.shelf.unsent(who)) this.transcript.add(message, label);
  }

  private changed(who: Credentials): void {
    this.silentHistory = false;
    this.goneInARow = 0;
    this.shelf.keepUnsent(who, this.transcript.pending);
    this.events.changed();
  }

  /**
   * What the citizen typed but the server never got goes along to the new conversation; choices do not exist there.
   * A server that forgets each new conversation at once is broken: then we wait instead of asking for ever.
   */
  private gone(who: Credentials): void {
    const unsent = this.transcript.pending.filter((item) => item.message.text !== undefined);
    this.shelf.forget(who);
    this.connection = this.hints = this.who = null;
    this.transcript = new Transcript();
    this.shelf.keepUnsent(null, unsent);
    this.takeUnsent(null);
    this.restarted = true;
    this.goneInARow += 1;
    if (this.goneInARow > 1) this.beginning.tryLater(null, () => this.start());
    else void this.start();
  }
}
