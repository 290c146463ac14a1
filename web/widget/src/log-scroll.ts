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
    const log = this.log;
    // Measured before the change, because a long answer itself puts the end far away.
    if (log) this.follows = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
  }

  hostUpdated(): void {
    const log = this.log;
    if (!log || log.clientHeight === 0 || (!this.follows && this.target !== "end")) {
      if (log && log.clientHeight > 0) this.target = null;
      return;
    }
    const end = log.scrollHeight - log.clientHeight;
    const message = typeof this.target === "number" ? log.querySelector<HTMLElement>(`[data-seq="${this.target}"]`) : null;
    const top = message ? message.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop - 8 : end;
    log.scrollTop = Math.min(end, top);
    this.target = null;
  }

  private get log(): HTMLElement | null {
    return this.host.renderRoot?.querySelector<HTMLElement>(".log") ?? null;
  }
}
