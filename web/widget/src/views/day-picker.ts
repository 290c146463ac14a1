// Lets a citizen choose a day where the bot asks for one: the browser's own date field, which works with keyboard and screen reader.

import { html, type TemplateResult } from "lit";
import { longDate } from "../dates.js";
import { texts } from "../texts.js";
import type { Days } from "../wire.js";

/** `choose` gets the day as people write it in Dutch, which the bot reads: what is chosen is said like anything else. The browser itself refuses a day outside `days`. */
export function dayPickerView(days: Days, choose: (text: string) => void): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem("day") as HTMLInputElement;
    choose(longDate(field.value));
  };
  return html`<form class="day-picker" @submit=${submit}>
    <label for="wegwijs-day">${texts.pickDay}</label>
    <input id="wegwijs-day" type="date" name="day" required min=${days.first} max=${days.last} />
    <button type="submit" class="button secondary">${texts.showTimes}</button>
  </form>`;
}
