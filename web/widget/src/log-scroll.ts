// Decides where the list of messages stands: it follows the talk, but never pulls away somebody who is reading back.

import type { LitElement, ReactiveController } from "lit";

/** Who is so near is told the next thing there; anything else moves nothing for who is not right at the end. */
const NEAR_END_PX = 80;
const AT_END_PX = 4;

export class LogScroll implements ReactiveController {
  /** The first message, by seq, that came below what a citizen who reads back has in view, until they are there. */
  missed: number | null = null;
  private end = false;
  private message: number | null = null;
  /** Where the list was left, and how far from its end. */
  private top = 0;
  private gap = 0;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  /** After the coming update: to the last line, wherever the citizen was. */
  toEnd(): void {
    this.end = true;
    this.host.requestUpdate();
  }

  /** After the coming update: so that this message, the first of all that are asked for, can be read from its first line, if the citizen was following. */
  toMessage(seq: number | undefined): void {
    if (seq !== undefined) this.message = Math.min(this.message ?? seq, seq);
  }

  /** After the coming update: to what was missed; returns the selector of that message. */
  toMissed(): string {
    this.toMessage(this.missed ?? undefined);
    this.toEnd();
    return selector(this.missed);
  }

  /** The list was moved. */
  look(): void {
    const box = this.scroller;
    if (box) this.measure(box);
    if (!box || this.missed === null || this.isBelow(box, this.missed)) return;
    this.missed = null;
    this.host.requestUpdate();
  }

  hostUpdate(): void {
    const box = this.scroller;
    // Before the change, because a long answer itself puts the end far away; and only where the citizen moved the list, not where a box below it grew.
    if (box && box.scrollTop !== this.top) this.measure(box);
  }

  hostUpdated(): void {
    const box = this.scroller;
    if (!box || box.clientHeight === 0) return; // closed: the wish stays until the chat is seen again
    if (this.end || this.gap < (this.message === null ? AT_END_PX : NEAR_END_PX)) box.scrollTop = this.wanted(box);
    else if (this.message !== null && this.missed === null && this.isBelow(box, this.message)) this.show(this.message);
    this.end = false;
    this.message = null;
    this.look();
  }

  private measure(box: HTMLElement): void {
    this.top = box.scrollTop;
    this.gap = box.scrollHeight - box.scrollTop - box.clientHeight;
  }

  private show(missed: number): void {
    this.missed = missed;
    this.host.requestUpdate();
  }

  private wanted(box: HTMLElement): number {
    const end = box.scrollHeight - box.clientHeight;
    const message = box.querySelector(selector(this.message));
    if (!message) return end;
    const top = message.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    return Math.min(end, top - 8);
  }

  private isBelow(box: HTMLElement, seq: number): boolean {
    const top = box.querySelector(selector(seq))?.getBoundingClientRect().top ?? 0;
    return top > box.getBoundingClientRect().bottom - NEAR_END_PX / 2;
  }

  /** The list, or the panel around it where there is so little height that everything scrolls as one. */
  private get scroller(): HTMLElement | null {
    const log = this.host.renderRoot?.querySelector<HTMLElement>(".log") ?? null;
    return log && getComputedStyle(log).overflowY === "visible" ? log.parentElement : log;
  }
}

function selector(seq: number | null): string {
  return `[data-seq="${seq}"]`;
}
