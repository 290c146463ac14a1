// What has been said in one conversation: the server's messages in order, and what is still on its way to the server.

import type { Days, Input, Judgement, Message, Meta, Outgoing, Owner, Share, State, Waiting } from "./wire.js";

/** A message of the citizen that the server's list does not show yet. */
export interface Pending {
  readonly message: Outgoing;
  /** What the citizen sees: the text, or the title of the choice. */
  readonly label: string;
  /** `stored`: acknowledged, so never sent again, but not yet in a state. */
  readonly status: "sending" | "stored" | "failed";
  readonly problem: string;
  readonly retryable: boolean;
}

export class Transcript {
  owner: Owner = "bot";
  typing = false;
  waiting: Waiting | null = null;
  municipality: string | null = null;
  private bySeq = new Map<number, Message>();
  private ordered: readonly Message[] = [];
  private outbox: readonly Pending[] = [];
  private acceptedUpTo = 0;

  get messages(): readonly Message[] {
    return this.ordered;
  }

  get pending(): readonly Pending[] {
    return this.outbox;
  }

  /** The last seq before the first hole: asking for everything after it also fills the hole. */
  get after(): number {
    let last = this.acceptedUpTo;
    for (const { seq } of this.ordered) {
      if (last !== 0 && seq > last + 1) break;
      last = Math.max(last, seq);
    }
    return last;
  }

  get newest(): number {
    return this.ordered[this.ordered.length - 1]?.seq ?? 0;
  }

  get hasHole(): boolean {
    return this.after < this.newest;
  }

  /** The server was asked and has nothing for the hole: go on without. */
  acceptHole(): void {
    this.acceptedUpTo = this.newest;
  }

  /** Takes in a state; returns only the messages that were not known yet, in order. */
  merge(state: State): Message[] {
    this.owner = state.owner;
    this.typing = state.typing;
    this.waiting = state.waiting;
    this.municipality = state.municipality;
    const fresh = state.messages.filter((message) => !this.bySeq.has(message.seq)).sort((a, b) => a.seq - b.seq);
    for (const message of fresh) {
      this.bySeq.set(message.seq, message);
      if (message.client_id !== undefined) this.remove(message.client_id);
    }
    if (fresh.length > 0) this.order();
    return fresh;
  }

  /** Takes in what the citizen says of an answer; returns what puts back how it was, unless they said something else since. */
  judge(seq: number, judgement: Judgement | undefined): () => void {
    const message = this.bySeq.get(seq);
    if (message) this.bySeq.set(seq, { ...message, judgement });
    this.order();
    return () => void (this.bySeq.get(seq)?.judgement === judgement && this.judge(seq, message?.judgement));
  }

  add(message: Outgoing, label: string): void {
    if (this.knows(message.id)) return;
    const hopeless = (item: Pending) => item.status === "failed" && !item.retryable && item.message.text === undefined;
    this.outbox = [...this.outbox.filter((item) => !hopeless(item)), { message, label, status: "sending", problem: "", retryable: true }];
  }

  acknowledge(id: string): void {
    this.update(id, { status: "stored" });
  }

  fail(id: string, problem: string, retryable: boolean): void {
    this.update(id, { status: "failed", problem, retryable });
  }

  retry(id: string): void {
    this.update(id, { status: "sending", problem: "" });
  }

  remove(id: string): void {
    this.outbox = this.outbox.filter((item) => item.message.id !== id);
  }

  /** What must be sent (again), oldest first. */
  get unsent(): readonly Outgoing[] {
    return this.outbox.filter((item) => item.status === "sending").map((item) => item.message);
  }

  /** Whether the choices of this message can still be used: the citizen said nothing after it, and nobody else took over the talk. */
  isOpen({ seq, meta }: Message): boolean {
    if (this.outbox.some((item) => item.status !== "failed")) return false;
    const since = this.ordered.filter((message) => message.seq > seq);
    // How it went may still be told when all is over.
    if (this.owner === "closed") return since.length === 0 && meta.route === "rating";
    return !since.some((message) => message.author === "citizen" || changesHands(message));
  }

  /** The agent who has the conversation now, or an empty string. */
  get agent(): string {
    return this.owner === "agent" ? this.agentAt(this.newest) : "";
  }

  /** The name of the agent who spoke with this seq: theirs, or that of the last one who joined before. */
  agentAt(seq: number): string {
    for (let index = this.ordered.length - 1; index >= 0; index -= 1) {
      const message = this.ordered[index];
      if (message && message.seq <= seq && message.meta.agent) return message.meta.agent;
    }
    return "";
  }

  /** What the bot's last message asks for, until it is answered. */
  get wanted(): Input | null {
    return this.question?.input ?? null;
  }

  /** What the bot's last message would like to be shown, until it is answered; a person can always be shown a picture. */
  get share(): Share | null {
    return this.byPerson ? "picture" : (this.question?.share ?? null);
  }

  /** A person helps, or will when it is the citizen's turn. */
  get byPerson(): boolean {
    return this.owner === "agent" || this.owner === "queued";
  }

  /** The days that the bot's last message asks to choose from, until it is answered. */
  get days(): Days | null {
    return this.question?.days ?? null;
  }

  private get question(): Meta | null {
    const last = this.ordered[this.ordered.length - 1];
    return this.owner !== "bot" || this.outbox.length > 0 || last?.author !== "bot" ? null : last.meta;
  }

  private order(): void {
    this.ordered = [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
  }

  private knows(id: string): boolean {
    return this.outbox.some((item) => item.message.id === id) || this.ordered.some((message) => message.client_id === id);
  }

  private update(id: string, change: Partial<Pending>): void {
    this.outbox = this.outbox.map((item) => (item.message.id === id ? { ...item, ...change } : item));
  }
}

/** From here on somebody else answers: what was offered before is no question any more. */
function changesHands({ author, meta }: Message): boolean {
  return author === "agent" || (author === "system" && (meta.route === "agent" || meta.route === "bot"));
}
