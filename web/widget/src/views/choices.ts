// Shows what one may choose: a row of buttons, or the times of an appointment under their days.

import { html, nothing } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { byDay, type Day } from "../days.js";
import { texts } from "../texts.js";
import type { Choice } from "../wire.js";

/** `lang`: that of the titles, where it is not the widget's own. */
export function choicesView(choices: readonly Choice[], open: boolean, lang: string | undefined, choose: (choice: Choice) => void): unknown {
  if (choices.length === 0) return nothing;
  const days = byDay(choices);
  if (!days.some((day) => day.title !== "")) return html`<ul class="choices" role="list" aria-label=${texts.choices}>${itemsView(days, open, lang, choose)}</ul>`;
  return html`<div class="days" role="group" aria-label=${texts.times}>
    ${days.map(
      (day) => html`<div class="day">
        ${day.title === "" ? nothing : html`<p class="day-name" lang=${ifDefined(lang)}>${day.title}</p>`}
        <ul class="choices" role="list" lang=${ifDefined(day.title === "" ? undefined : lang)} aria-label=${day.title || texts.choices}>${itemsView([day], open, lang, choose)}</ul>
      </div>`,
    )}
  </div>`;
}

function itemsView(days: readonly Day[], open: boolean, lang: string | undefined, choose: (choice: Choice) => void): unknown {
  return days.flatMap((day) =>
    day.choices.map(
      ({ choice, label }) => html`<li>
        <button
          type="button"
          class="button secondary"
          lang=${ifDefined(lang)}
          aria-label=${label === choice.title ? nothing : choice.title}
          ?disabled=${!open}
          @click=${() => choose(choice)}
        >
          ${label}
        </button>
      </li>`,
    ),
  );
}
