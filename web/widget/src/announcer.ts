// Reads each finished message aloud once, through a polite live region that is on the page before any message comes.

import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { plainText } from "./markdown.js";
import { DUTCH, foreign, texts } from "./texts.js";
import { shareLabel } from "./views/share.js";
import type { Timers } from "./timers.js";
import type { Message } from "./wire.js";

/** Long enough to be picked up, short enough that nobody finds every answer twice when reading the page. */
const KEEP_MS = 10_000;

/** A piece of what is said, with its language where that is not the widget's own. */
export interface Piece {
  readonly text: string;
  readonly lang?: string | undefined;
}

interface Announcement {
  readonly id: number;
  readonly pieces: readonly Piece[];
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
    if (text !== "") this.sayPieces([{ text }]);
  }

  sayPieces(pieces: readonly Piece[]): void {
    const id = ++this.lastId;
    this.waiting = [...this.waiting, { id, pieces }];
    this.cancels.push(this.timers.after(KEEP_MS, () => this.drop(id)));
    this.host.requestUpdate();
  }

  view(): TemplateResult {
    return html`<div class="sr" aria-live="polite" aria-relevant="additions" aria-atomic="false">
      ${repeat(
        this.waiting,
        (item) => item.id,
        (item) => html`<p>${item.pieces.map(pieceView)}</p>`,
      )}
    </div>`;
  }

  private drop(id: number): void {
    this.waiting = this.waiting.filter((item) => item.id !== id);
    if (this.waiting.length === 0) this.cancels = [];
    this.host.requestUpdate();
  }
}

/** What a screen reader says for a message: who, what, which choices there are, and what can be shared. */
export function spoken(message: Message, agent = ""): Piece[] {
  const lang = foreign(message.meta.language ?? DUTCH);
  const choices = message.choices.map((choice) => choice.title).join(", ");
  const who = { text: `${(message.author === "agent" && agent) || texts.author[message.author]}: ` };
  const said = [who, { text: plainText(message.text), lang }];
  const share = shareLabel(message.meta.share);
  if (choices + share === "") return said;
  const listed = choices === "" ? [] : [{ text: `${choices}.`, lang }];
  return [...said, { text: ` ${texts.choicesAre} ` }, ...listed, ...(share ? [{ text: ` ${share}.` }] : [])];
}

function pieceView({ text, lang }: Piece): unknown {
  return lang === undefined ? text : html`<span lang=${lang}>${text}</span>`;
}
