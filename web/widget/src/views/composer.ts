// Shows the box to type in: Enter sends, Shift and Enter makes a new line, a counter warns near the limit.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { texts } from "../texts.nl.js";
import { sendIcon } from "./icons.js";

export const MAX_CHARACTERS = 1000;
const COUNT_FROM = 900;

export interface ComposerActions {
  typed(text: string): void;
  submit(): void;
}

/** How many characters may still be typed; negative when there are too many. Counts as the citizen does: an emoji is one. */
export function charactersLeft(draft: string): number {
  return MAX_CHARACTERS - [...draft.trim()].length;
}

export function composerView(draft: string, actions: ComposerActions): TemplateResult {
  const left = charactersLeft(draft);
  return html`<form class="composer" @submit=${(event: Event) => (event.preventDefault(), actions.submit())}>
    <label class="sr" for="wegwijs-text">${texts.composer}</label>
    <div class="row">
      <textarea
        id="wegwijs-text"
        rows="2"
        placeholder=${texts.placeholder}
        autocomplete="off"
        enterkeyhint="send"
        aria-describedby="wegwijs-hint wegwijs-count"
        aria-invalid=${left < 0 ? "true" : nothing}
        .value=${live(draft)}
        @input=${(event: Event) => actions.typed((event.target as HTMLTextAreaElement).value)}
        @keydown=${(event: KeyboardEvent) => onKey(event, actions)}
      ></textarea>
      <button type="submit" class="button primary send">${sendIcon}<span class="sr">${texts.send}</span></button>
    </div>
    <p id="wegwijs-hint" class="sr">${texts.hint}</p>
    <p id="wegwijs-count" class="count ${left < 0 ? "over" : ""}">${countText(left)}</p>
  </form>`;
}

export function countText(left: number): string {
  if (left < 0) return texts.tooLong(-left);
  return left <= MAX_CHARACTERS - COUNT_FROM ? texts.charactersLeft(left) : "";
}

function onKey(event: KeyboardEvent, actions: ComposerActions): void {
  // While an input method is composing, Enter belongs to it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  actions.submit();
}
