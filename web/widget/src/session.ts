// One citizen's session: picks up or starts the conversation, and offers what the screen needs to show and do.

import { Connection, type Status, type Wires } from "./connection.js";
import { ApiError, type Credentials, type Http, type Move } from "./http.js";
import { backoff } from "./timers.js";
import { Transcript } from "./transcript.js";
import type { Shelf } from "./shelf.js";
import type { Choice, Message, Municipality } from "./wire.js";

/** `asleep`: nothing asked of the server yet. `choosing`: the citizen picks a municipality first. */
export type Phase = "asleep" | "choosing" | "starting" | "ready";

const TYPING_EVERY_MS = 3_000;

export interface SessionEvents {
  changed(): void;
  /** Messages that are new to this citizen, so not the history after a reload. */
  arrived(messages: readonly Message[]): void;
  /** The conversation goes on in WhatsApp: nothing of it is left here. */
  moved(): void;
}

export class Session {
  phase: Phase = "asleep";
  status: Status = "connecting";
  /** A sentence from the server about why no conversation could be started, or empty. */
  problem = "";
  /** The earlier conversation was no longer there, so this is a new one. */
  restarted = false;
  municipalities: readonly Municipality[] = [];
  transcript = new Transcript();
  private connection: Connection | null = null;
  private who: Credentials | null = null;
  private silentHistory = false;
  private attempt = 0;
  private goneInARow = 0;
  private cancelRetry = () => {};
  private toldSeen = 0;
  private toldTyping = -Infinity;

  constructor(
    private readonly wires: Wires,
    private readonly shelf: Shelf,
    private municipality: string | null,
    private readonly newId: () => string,
    private readonly events: SessionEvents,
    private readonly product = "",
  ) {}

  get http(): Http {
    return this.wires.http;
  }

  /** True when the browser remembers a conversation that can be picked up without asking anything. */
  get remembered(): boolean {
    return this.shelf.conversation !== null;
  }

  get unread(): number {
    const seen = this.shelf.seen;
    return this.transcript.messages.filter((message) => message.author !== "citizen" && message.seq > seen).length;
  }

  /** Picks up the remembered conversation or begins one; safe to call again. */
  async start(): Promise<void> {
    if (this.phase !== "asleep") return;
    const stored = this.shelf.conversation;
    if (stored) return this.join(stored, true);
    if (this.municipality === null) return this.chooseMunicipality();
    return this.create();
  }

  stop(): void {
    this.cancelRetry();
    this.connection?.stop();
    this.connection = null;
    this.phase = "asleep";
  }

  wake(): void {
    this.connection?.wake();
  }

  /** `null`: the citizen does not know or it does not matter; the bot asks when it needs to. */
  async pickMunicipality(id: string | null): Promise<void> {
    this.municipality = id;
    await this.create();
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

  /** Takes a failed message back, for instance to change its text. */
  takeBack(id: string): void {
    this.transcript.remove(id);
    this.sync();
  }

  /** The messages are in front of the citizen. Only an agent hears of it, and only while the page itself is in sight. */
  markSeen(): void {
    const { newest, owner } = this.transcript;
    if (this.unread > 0) this.shelf.see(newest);
    if (owner !== "agent" || newest <= this.toldSeen || document.hidden) return;
    if (this.connection?.hint({ type: "seen", seq: newest })) this.toldSeen = newest;
  }

  /** The citizen changed what stands in the box. An agent sees that they type, never what. */
  typing(text: string): void {
    const now = Date.now();
    if (this.transcript.owner !== "agent" || text.trim() === "" || now - this.toldTyping < TYPING_EVERY_MS) return;
    if (this.connection?.hint({ type: "typing" })) this.toldTyping = now;
  }

  /** Leaves this conversation and begins a new one. */
  async restart(): Promise<void> {
    this.leave();
    await this.start();
  }

  /** Tells whether an answer helped; that it could not be told is no trouble of the citizen's. */
  judge(seq: number, helpful: boolean, reason?: string): void {
    if (this.who) this.wires.http.judge(this.who, seq, helpful, reason).catch(() => {});
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
    this.toldSeen = 0;
    this.events.changed();
  }

  private submit(message: { id: string; text?: string; choice?: string }, label: string): void {
    this.transcript.add(message, label);
    this.toldTyping = -Infinity;
    this.sync();
  }

  private sync(): void {
    if (this.who) this.shelf.keepUnsent(this.who, this.transcript.pending);
    this.connection?.flush();
    this.events.changed();
  }

  private async chooseMunicipality(): Promise<void> {
    this.phase = "starting";
    this.events.changed();
    try {
      this.municipalities = await this.wires.http.municipalities();
    } catch (error) {
      return this.tryLater(error, () => this.chooseMunicipality());
    }
    this.attempt = 0;
    this.problem = "";
    this.status = "connecting";
    this.phase = "choosing";
    this.events.changed();
  }

  private async create(): Promise<void> {
    this.phase = "starting";
    this.events.changed();
    try {
      const who = await this.wires.http.create(this.municipality, this.product);
      this.shelf.keep(who);
      this.join(who, false);
    } catch (error) {
      if (error instanceof ApiError && error.code === "unknown_municipality" && this.municipality !== null) {
        this.municipality = null;
        return this.chooseMunicipality();
      }
      this.tryLater(error, () => this.create());
    }
  }

  private tryLater(error: unknown, again: () => Promise<void>): void {
    const wait = error instanceof ApiError && error.retryAfter !== null ? error.retryAfter * 1000 : null;
    this.problem = error instanceof ApiError ? error.message : "";
    this.status = "offline";
    this.cancelRetry = this.wires.timers.after(wait ?? backoff(this.attempt++, this.wires.timers.random), () => void again());
    this.events.changed();
  }

  private join(who: Credentials, picksUp: boolean): void {
    this.who = who;
    this.phase = "ready";
    this.status = "connecting";
    this.problem = "";
    this.attempt = 0;
    this.silentHistory = picksUp;
    for (const { message, label } of this.shelf.unsent(who)) this.transcript.add(message, label);
    this.connection = new Connection(this.wires, who, this.transcript, {
      changed: () => this.changed(who),
      arrived: (messages) => this.arrived(messages),
      status: (status) => (this.status = status, this.events.changed()),
      gone: () => this.gone(who),
      moved: () => {
        this.leave();
        this.events.moved();
      },
    });
    this.connection.start();
    this.events.changed();
  }

  private changed(who: Credentials): void {
    this.silentHistory = false;
    this.goneInARow = 0;
    this.shelf.keepUnsent(who, this.transcript.pending);
    this.events.changed();
  }

  private arrived(messages: readonly Message[]): void {
    if (!this.silentHistory) this.events.arrived(messages);
  }

  /**
   * What the citizen typed but the server never got goes along to the new conversation; choices do not exist there.
   * A server that forgets each new conversation at once is broken: then we wait instead of asking for ever.
   */
  private gone(who: Credentials): void {
    const unsent = this.transcript.pending.filter((item) => item.status !== "stored" && item.message.text !== undefined);
    this.shelf.forget(who);
    this.connection = null;
    this.who = null;
    this.transcript = new Transcript();
    this.toldSeen = 0;
    for (const { message, label } of unsent) this.transcript.add(message, label);
    this.restarted = true;
    this.phase = "asleep";
    this.goneInARow += 1;
    if (this.goneInARow > 1) this.tryLater(null, () => this.start());
    else void this.start();
  }
}
