// Shows what one may choose: a row of buttons, or the times of an appointment under their days.

import { html, nothing } from "lit";
import { byDay, type Day } from "../days.js";
import { texts } from "../texts.nl.js";
import type { Choice } from "../wire.js";

export function choicesView(choices: readonly Choice[], open: boolean, choose: (choice: Choice) => void): unknown {
  if (choices.length === 0) return nothing;
  const days = byDay(choices);
  if (!days.some((day) => day.title !== "")) return html`<ul class="choices" role="list" aria-label=${texts.choices}>${itemsView(days, open, choose)}</ul>`;
  return html`<div class="days" role="group" aria-label=${texts.times}>
    ${days.map(
      (day) => html`<div class="day">
        ${day.title === "" ? nothing : html`<p class="day-name">${day.title}</p>`}
        <ul class="choices" role="list" aria-label=${day.title || texts.choices}>${itemsView([day], open, choose)}</ul>
      </div>`,
    )}
  </div>`;
}

function itemsView(days: readonly Day[], open: boolean, choose: (choice: Choice) => void): unknown {
  return days.flatMap((day) =>
    day.choices.map(
      ({ choice, label }) => html`<li>
        <button
          type="button"
          class="button secondary"
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
