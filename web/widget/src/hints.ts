// What an agent sees of the citizen besides their words: that they type, and how far they have read.

import type { Connection } from "./connection.js";
import type { Transcript } from "./transcript.js";

const TYPING_EVERY_MS = 3_000;

export class Hints {
  private toldSeen = 0;
  private toldTyping = -Infinity;

  constructor(
    private readonly connection: Connection,
    private readonly transcript: Transcript,
  ) {}

  /** The messages are in front of the citizen; only an agent hears of it, and only while the page itself is in sight. */
  seen(): void {
    const { newest, owner } = this.transcript;
    if (owner !== "agent" || newest <= this.toldSeen || document.hidden) return;
    if (this.connection.hint({ type: "seen", seq: newest })) this.toldSeen = newest;
  }

  /** The citizen changed what stands in the box: an agent hears that they type, never what. */
  typing(text: string): void {
    const now = Date.now();
    if (this.transcript.owner !== "agent" || text.trim() === "" || now - this.toldTyping < TYPING_EVERY_MS) return;
    if (this.connection.hint({ type: "typing" })) this.toldTyping = now;
  }

  /** A message went away: what is typed from now on is the next one. */
  sent(): void {
    this.toldTyping = -Infinity;
  }
}
