// What an agent does with a conversation or a promise: calls the server, and goes on to what comes next.

import { newId } from "../widget/src/ids.js";
import type { Desk } from "./desk.js";
import { byNeed } from "./news.js";
import type { Outcome, Presence, PromiseOutcome, Row, Suggestion } from "./shapes.js";
import type { Talk } from "./talk.js";
import { texts } from "./texts.nl.js";

const TYPING_EVERY_MS = 3000;
export const LONGEST = 4000;

export class Acts {
  /** Conversations this agent took: their coming to `mine` is no news. */
  readonly took = new Set<string>();
  private typedAt = { talk: "", at: 0 };

  constructor(private readonly desk: Desk) {}

  async claim(id: string): Promise<void> {
    this.took.add(id);
    if (await this.desk.try(() => this.desk.api.post(`conversations/${id}/claim`), texts.done.claimed)) this.desk.open(id, "#antwoord");
  }

  /** Takes whoever waits longest for a team of this agent. */
  async claimNext(): Promise<void> {
    const first = byNeed(this.desk.board.queue).find((row) => this.serves(row));
    if (first) await this.claim(first.id);
    else this.desk.say(this.desk.live.boardCame ? texts.queue.empty : texts.loading);
  }

  serves(row: Row): boolean {
    const skills = this.desk.me?.skills ?? [];
    return skills.length === 0 || (row.team !== null && skills.includes(row.team));
  }

  async takeOver(id: string): Promise<void> {
    this.took.add(id);
    if (await this.desk.try(() => this.desk.api.post(`conversations/${id}/take-over`), texts.done.claimed)) this.desk.open(id, "#antwoord");
  }

  async assign(id: string, agent: string): Promise<boolean> {
    return this.desk.try(() => this.desk.api.post(`conversations/${id}/assign`, { agent }), texts.done.assigned);
  }

  draft(talk: Talk, text: string): void {
    talk.draft = text;
    const now = Date.now();
    if (text.trim() !== "" && (this.typedAt.talk !== talk.id || now - this.typedAt.at > TYPING_EVERY_MS) && !text.startsWith("/")) {
      this.typedAt = { talk: talk.id, at: now };
      this.desk.live.typing(talk.id);
    }
    this.desk.redraw();
  }

  async say(talk: Talk): Promise<void> {
    const text = talk.draft.trim();
    if (text === "" || text.length > LONGEST) return;
    const key = newId();
    talk.draft = this.desk.done = "";
    talk.suggestion = null;
    this.typedAt = { talk: "", at: 0 };
    await this.send(talk, key, text);
  }

  async retry(talk: Talk, key: string): Promise<void> {
    const item = talk.giveUp(key);
    if (item) await this.send(talk, key, item.text);
  }

  edit(talk: Talk, key: string): void {
    const item = talk.giveUp(key);
    if (item) talk.insert(item.text);
    this.desk.focus = "#antwoord";
    this.desk.redraw();
  }

  private async send(talk: Talk, key: string, text: string): Promise<void> {
    talk.send(key, text, new Date(this.desk.now).toISOString());
    this.desk.redraw();
    try {
      const { seq } = await this.desk.api.post<{ seq: number }>(`conversations/${talk.id}/say`, { key, text });
      talk.stored(key, seq);
      if (this.desk.live.state !== "live") await this.desk.talks.load(talk);
    } catch (error) {
      talk.refused(key, error instanceof Error ? error.message : texts.failed);
    }
    this.desk.redraw();
  }

  async note(talk: Talk, text: string): Promise<boolean> {
    if (text.trim() === "") return false;
    const kept = await this.desk.try(() => this.desk.api.post(`conversations/${talk.id}/note`, { text }), texts.done.noted);
    if (kept && this.desk.live.state !== "live") await this.desk.talks.load(talk);
    return kept;
  }

  async forward(id: string, to: { agent: string } | { team: string }, note: string): Promise<boolean> {
    return this.finish(id, "forward", { ...to, note }, texts.done.forwarded);
  }

  async handBack(id: string, product: string): Promise<boolean> {
    return this.finish(id, "hand-back", product ? { product } : {}, texts.done.handedBack);
  }

  async close(id: string, outcome: Outcome): Promise<boolean> {
    return this.finish(id, "close", { outcome }, texts.done.closed);
  }

  async callback(id: string, body: object): Promise<boolean> {
    let answer = { reference: "", promised_on: "" };
    const made = await this.desk.try(async () => {
      answer = await this.desk.api.post(`conversations/${id}/callback`, body);
    });
    if (!made) return false;
    this.desk.tell(texts.done.promised(answer.reference));
    const talk = this.desk.talks.get(id);
    talk?.insert(texts.callback.told(answer.reference, answer.promised_on));
    if (talk) void this.desk.talks.load(talk);
    return true;
  }

  private async finish(id: string, act: string, body: object, done: string): Promise<boolean> {
    const finished = await this.desk.try(() => this.desk.api.post(`conversations/${id}/${act}`, body), done);
    if (finished) {
      this.took.delete(id);
      this.desk.talks.close(id);
    }
    return finished;
  }

  async suggest(talk: Talk): Promise<void> {
    talk.suggestion = "busy";
    this.desk.redraw();
    talk.suggestion = await this.desk.api.post<Suggestion>(`conversations/${talk.id}/suggest`).catch((error: unknown) => {
      this.desk.refused(error);
      return null;
    });
    this.desk.say(talk.suggestion?.text ? texts.suggestion.ready : texts.suggestion.none);
    this.desk.redraw();
  }

  insert(talk: Talk, text: string): void {
    talk.insert(text);
    this.desk.focus = "#antwoord";
    this.desk.pane = "main";
    this.desk.say(texts.done.inserted);
    this.desk.redraw();
  }

  async presence(presence: Presence, reason = ""): Promise<void> {
    const body = reason ? { presence, reason } : { presence };
    const { me } = this.desk;
    if (await this.desk.try(() => this.desk.api.post("me/presence", body), texts.done.presence(texts.presence[presence]))) {
      if (me) this.desk.me = { ...me, presence, away_reason: reason || null };
      this.desk.redraw();
    }
  }

  async promise(reference: string, act: "pick-up" | "put-down" | "attempt", done: string): Promise<void> {
    await this.desk.try(() => this.desk.api.post(`promises/${encodeURIComponent(reference)}/${act}`), done);
  }

  finishPromise(reference: string, outcome: PromiseOutcome): Promise<boolean> {
    return this.desk.try(() => this.desk.api.post(`promises/${encodeURIComponent(reference)}/finish`, { outcome }), texts.done.finished);
  }
}
