// One open conversation: what was said, what is on its way, what is being written. No DOM.

import type { ConversationFrame, Message, Note, OpenedConversation, Row, Suggestion, Summary } from "./shapes.js";

export interface Sending {
  readonly key: string;
  readonly text: string;
  readonly at: string;
  /** `seq` once the server has it; `problem` when it was refused. */
  readonly seq?: number;
  readonly problem?: string;
}

export class Talk {
  row: Row | null = null;
  summary: Summary | null = null;
  messages: readonly Message[] = [];
  notes: readonly Note[] = [];
  deliveries: Readonly<Record<string, string>> = {};
  sending: readonly Sending[] = [];
  draft = "";
  citizenTypes = false;
  problem = "";
  suggestion: Suggestion | "busy" | null = null;
  /** Pictures that could not be shown. */
  readonly gone = new Set<string>();

  constructor(readonly id: string) {}

  get lastSeq(): number {
    return this.messages[this.messages.length - 1]?.seq ?? 0;
  }

  opened(found: OpenedConversation): void {
    this.problem = "";
    this.row = found.row;
    this.summary = found.summary;
    this.take(found.messages);
    this.takeNotes(found.notes);
  }

  /** Brings in a frame; the answer is what is new, in order. */
  received(frame: ConversationFrame): readonly Message[] {
    const before = this.lastSeq;
    this.row = frame.row;
    this.citizenTypes = frame.typing === true;
    this.deliveries = { ...this.deliveries, ...frame.deliveries };
    this.take(frame.messages);
    this.takeNotes(frame.notes);
    return this.messages.filter((message) => message.seq > before);
  }

  send(key: string, text: string, at: string): void {
    this.sending = [...this.sending.filter((item) => item.key !== key), { key, text, at }];
  }

  stored(key: string, seq: number): void {
    this.sending = this.sending.map((item) => (item.key === key ? { ...item, seq } : item));
    this.forgetArrived();
  }

  refused(key: string, problem: string): void {
    this.sending = this.sending.map((item) => (item.key === key ? { ...item, problem } : item));
  }

  giveUp(key: string): Sending | undefined {
    const found = this.sending.find((item) => item.key === key);
    this.sending = this.sending.filter((item) => item.key !== key);
    return found;
  }

  insert(text: string): void {
    const before = this.draft.trimEnd();
    this.draft = before === "" ? text : `${before}\n\n${text}`;
  }

  private take(messages: readonly Message[]): void {
    const known = new Map(this.messages.map((message) => [message.seq, message]));
    for (const message of messages) known.set(message.seq, message);
    this.messages = [...known.values()].sort((a, b) => a.seq - b.seq);
    this.forgetArrived();
  }

  private takeNotes(notes: readonly Note[]): void {
    const known = new Map(this.notes.map((note) => [note.id, note]));
    for (const note of notes) known.set(note.id, note);
    this.notes = [...known.values()].sort((a, b) => a.at.localeCompare(b.at));
  }

  private forgetArrived(): void {
    const arrived = new Set(this.messages.flatMap((message) => [message.seq, message.client_id]));
    this.sending = this.sending.filter((item) => !arrived.has(item.key) && (item.seq === undefined || !arrived.has(item.seq)));
  }
}
