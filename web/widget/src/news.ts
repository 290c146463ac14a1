// Says aloud what changes besides messages: the conversation is a new one, the line breaks or is back, the queue moves, a message of the citizen is refused.

import type { Session } from "./session.js";
import { texts } from "./texts.js";

export class News {
  private wasOffline = false;
  private wasRestarted = false;
  private place = 0;
  private refused = new Set<string>();

  constructor(private readonly say: (text: string) => void) {}

  /** Looks at what the session is now; what changes while the chat is closed is seen when it is opened. */
  tell(session: Session, isOpen: boolean): void {
    const all = [...this.begunAnew(session.restarted), ...this.line(session.status === "offline"), ...this.queue(session.transcript.waiting?.place ?? 0), ...this.refusals(session)];
    if (isOpen) all.forEach(this.say);
  }

  private line(offline: boolean): string[] {
    if (offline === this.wasOffline) return [];
    this.wasOffline = offline;
    return [offline ? texts.offline : texts.backOnline];
  }

  private begunAnew(restarted: boolean): string[] {
    const news = restarted && !this.wasRestarted;
    this.wasRestarted = restarted;
    return news ? [texts.restarted] : [];
  }

  /** The first place is in the message itself; after that only getting nearer is news. */
  private queue(place: number): string[] {
    const nearer = place > 0 && place < this.place;
    this.place = place;
    return nearer ? [texts.waiting(place)] : [];
  }

  private refusals({ transcript }: Session): string[] {
    const failed = transcript.pending.filter((item) => item.status === "failed");
    const fresh = failed.filter((item) => !this.refused.has(item.message.id));
    this.refused = new Set(failed.map((item) => item.message.id));
    return fresh.map((item) => `${texts.notSent} ${item.problem}`.trim());
  }
}
