// Decides where the list of messages stands: it follows the talk, but never pulls away somebody who is reading back.

import type { LitElement, ReactiveController } from "lit";

const NEAR_END_PX = 80;

export class LogScroll implements ReactiveController {
  private target: "end" | number | null = null;
  private follows = true;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  /** After the coming update: to the last line. */
  toEnd(): void {
    this.target = "end";
    this.host.requestUpdate();
  }

  /** After the coming update: so that a new message can be read from its first line, if the citizen was following. */
  toMessage(seq: number): void {
    if (this.target === null) this.target = seq;
  }

  hostUpdate(): void {
    const box = this.scroller;
    // Measured before the change, because a long answer itself puts the end far away.
    if (box) this.follows = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  }

  hostUpdated(): void {
    const box = this.scroller;
    if (!box || box.clientHeight === 0) return; // closed: the wish stays until the chat is seen again
    if (this.follows || this.target === "end") box.scrollTop = this.wanted(box);
    this.target = null;
  }

  private wanted(box: HTMLElement): number {
    const end = box.scrollHeight - box.clientHeight;
    const message = typeof this.target === "number" ? box.querySelector(`[data-seq="${this.target}"]`) : null;
    if (!message) return end;
    const top = message.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    return Math.min(end, top - 8);
  }

  /** The list, or the panel around it where there is so little height that everything scrolls as one. */
  private get scroller(): HTMLElement | null {
    const log = this.host.renderRoot?.querySelector<HTMLElement>(".log") ?? null;
    return log && getComputedStyle(log).overflowY === "visible" ? log.parentElement : log;
  }
}
