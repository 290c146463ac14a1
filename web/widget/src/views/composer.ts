// Shows the box to type in: Enter sends, Shift and Enter makes a new line, a counter warns near the limit.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { texts } from "../texts.js";
import type { Input } from "../wire.js";
import { sendIcon } from "./icons.js";

export const MAX_CHARACTERS = 1000;
const COUNT_FROM = 900;
const SAY_AT = [100, 50, 10, 0];

export interface ComposerActions {
  typed(text: string): void;
  submit(): void;
}

/** How many characters may still be typed; negative when there are too many. Counts as the citizen does: an emoji is one. */
export function charactersLeft(draft: string): number {
  return MAX_CHARACTERS - [...draft.trim()].length;
}

/** For each thing the bot asks for: how the browser fills it in (WCAG 1.3.5) and which keyboard a phone shows. */
const FIELDS: Record<Input, { readonly type: string; readonly autocomplete: string }> = {
  name: { type: "text", autocomplete: "name" },
  tel: { type: "tel", autocomplete: "tel" },
  email: { type: "email", autocomplete: "email" },
  postcode: { type: "text", autocomplete: "postal-code" },
};

/** `wanted`: what the bot asks for, if it is something that a browser knows. */
export function composerView(draft: string, wanted: Input | null, actions: ComposerActions): TemplateResult {
  const left = charactersLeft(draft);
  const typed = (event: Event) => actions.typed((event.target as HTMLInputElement).value);
  return html`<form class="composer" novalidate @submit=${(event: Event) => (event.preventDefault(), actions.submit())}>
    <label class="sr" for="wegwijs-text">${wanted ? texts.asked[wanted] : texts.composer}</label>
    <div class="row">
      ${wanted
        ? html`<input
            id="wegwijs-text"
            dir="auto"
            type=${FIELDS[wanted].type}
            name=${wanted}
            autocomplete=${FIELDS[wanted].autocomplete}
            placeholder=${texts.asked[wanted]}
            enterkeyhint="send"
            aria-describedby="wegwijs-count"
            aria-invalid=${left < 0 ? "true" : nothing}
            .value=${live(draft)}
            @input=${typed}
          />`
        : html`<textarea
            id="wegwijs-text"
            dir="auto"
            rows="2"
            placeholder=${texts.placeholder}
            autocomplete="off"
            enterkeyhint="send"
            aria-describedby="wegwijs-hint wegwijs-count"
            aria-invalid=${left < 0 ? "true" : nothing}
            .value=${live(draft)}
            @input=${typed}
            @keydown=${(event: KeyboardEvent) => onKey(event, actions)}
          ></textarea>`}
      <button type="submit" class="button primary send under">${sendIcon}<span>${texts.send}</span></button>
    </div>
    <p id="wegwijs-hint" class="sr">${texts.hint}</p>
    <p id="wegwijs-count" class="count ${left < 0 ? "over" : ""}">${countText(left)}</p>
  </form>`;
}

export function countText(left: number): string {
  if (left < 0) return texts.tooLong(-left);
  return left <= MAX_CHARACTERS - COUNT_FROM ? texts.charactersLeft(left) : "";
}

/** What a screen reader hears about the room that is left; empty when it is no news. */
export function countNews(before: string, after: string): string {
  const [had, has] = [charactersLeft(before), charactersLeft(after)];
  return SAY_AT.some((mark) => had > mark && has <= mark) ? countText(has) : "";
}

function onKey(event: KeyboardEvent, actions: ComposerActions): void {
  // While an input method is composing, Enter belongs to it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  actions.submit();
}
