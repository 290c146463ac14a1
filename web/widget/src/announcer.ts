// Reads each finished message aloud once, through a polite live region that is on the page before any message comes.

import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { plainText } from "./markdown.js";
import { texts } from "./texts.nl.js";
import type { Timers } from "./timers.js";
import type { Message } from "./wire.js";

/** Long enough to be picked up, short enough that nobody finds every answer twice when reading the page. */
const KEEP_MS = 10_000;

interface Announcement {
  readonly id: number;
  readonly text: string;
}

export class Announcer implements ReactiveController {
  private waiting: readonly Announcement[] = [];
  private lastId = 0;
  private cancels: (() => void)[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly timers: Timers,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.cancels.forEach((cancel) => cancel());
    this.cancels = [];
    this.waiting = [];
  }

  say(text: string): void {
    if (text === "") return;
    const id = ++this.lastId;
    this.waiting = [...this.waiting, { id, text }];
    this.cancels.push(this.timers.after(KEEP_MS, () => this.drop(id)));
    this.host.requestUpdate();
  }

  view(): TemplateResult {
    return html`<div class="sr" aria-live="polite" aria-relevant="additions" aria-atomic="false">
      ${repeat(
        this.waiting,
        (item) => item.id,
        (item) => html`<p>${item.text}</p>`,
      )}
    </div>`;
  }

  private drop(id: number): void {
    this.waiting = this.waiting.filter((item) => item.id !== id);
    if (this.waiting.length === 0) this.cancels = [];
    this.host.requestUpdate();
  }
}

/** What a screen reader says for a message: who, what, and which choices there are. */
export function spoken(message: Message, agent = ""): string {
  const choices = message.choices.map((choice) => choice.title).join(", ");
  const offer = choices === "" ? "" : ` ${texts.choicesAre(choices)}`;
  return `${(message.author === "agent" && agent) || texts.author[message.author]}: ${plainText(message.text)}${offer}`;
}
