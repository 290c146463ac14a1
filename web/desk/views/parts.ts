// Small pieces that more than one view draws.

import { html, nothing, svg, type TemplateResult } from "lit";
import type { Desk } from "../desk.js";
import type { Row } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { level, minutesSince, short, spoken } from "../waiting.js";

export const logo = html`<svg class="logo" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
  ${svg`<path class="logo-sea" d="M4 34c7-6 13-6 20 0s13 6 20 0v10H4z" /><path class="logo-dune" d="M4 28c6-10 12-12 18-5s13 4 22-9v14c-7 6-13 6-20 0s-13-6-20 0z" /><circle class="logo-sun" cx="33" cy="10" r="5" />`}
</svg>`;

/** How long, in words; from "long" on with a word for it too, because a colour alone says nothing to everybody. */
export function waitingView(since: string | null, now: number): TemplateResult | typeof nothing {
  if (since === null) return nothing;
  const minutes = minutesSince(since, now);
  const name = level(minutes);
  const word = texts.level[name];
  return html`<span class="waiting ${name}"><span aria-hidden="true">${short(minutes)}</span><span class="sr">${spoken(minutes)}</span>${word ? html`, <em>${word}</em>` : nothing}</span>`;
}

export function subjectOf(row: Row | null): string {
  return row?.product_name ?? row?.product ?? texts.noSubject;
}

export function placeOf(row: Row): string {
  return row.municipality_name ?? row.municipality ?? texts.unknown;
}

export function channelOf(channel: string): string {
  return texts.channel[channel] ?? channel;
}

export function teamName(desk: Desk, team: string | null): string {
  return desk.teams.find(({ id }) => id === team)?.name ?? desk.board.teams.find((queue) => queue.team === team)?.name ?? team ?? "";
}

export function municipalityName(desk: Desk, id: string | null): string {
  return desk.municipalities.find((one) => one.id === id)?.name ?? id ?? texts.unknown;
}

export function dangerView(row: Row): TemplateResult | typeof nothing {
  return row.danger ? html`<strong class="danger-tag">${texts.danger}</strong>` : nothing;
}

/** Whether this is the conversation that letters, facts and focus are about. */
export function isHere(desk: Desk, id: string): boolean {
  return desk.view.name === "talk" && desk.view.id === id;
}

/** An id on the page: the plain name in the conversation in view, one of its own in those beside it. */
export function idIn(name: string, here: boolean, id: string): string {
  return here ? name : `${name}-${id}`;
}

export function titleView(text: string): TemplateResult {
  return html`<h2 id="titel" class="title" tabindex="-1">${text}</h2>`;
}

export function optionsView(all: readonly { readonly id: string; readonly name: string }[], chosen: string): TemplateResult[] {
  return all.map(({ id, name }) => html`<option value=${id} ?selected=${id === chosen}>${name}</option>`);
}

/** The values of a submitted form, as texts. */
export function values(event: Event): Readonly<Record<string, string>> {
  event.preventDefault();
  const found: Record<string, string> = {};
  new FormData(event.currentTarget as HTMLFormElement).forEach((value, name) => {
    if (typeof value === "string") found[name] = value.trim();
  });
  return found;
}

export function allValues(event: Event, name: string): string[] {
  return new FormData(event.currentTarget as HTMLFormElement).getAll(name).map(String);
}

export function field(name: string, label: string, options: { type?: string; value?: string; required?: boolean; hint?: string; autocomplete?: string; id?: string } = {}): TemplateResult {
  const id = options.id ?? `veld-${name}`;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      name=${name}
      type=${options.type ?? "text"}
      .value=${options.value ?? ""}
      ?required=${options.required ?? true}
      autocomplete=${options.autocomplete ?? "off"}
      aria-describedby=${options.hint ? `${id}-uitleg` : nothing}
    />
    ${options.hint ? html`<p class="hint" id=${`${id}-uitleg`}>${options.hint}</p>` : nothing}
  </div>`;
}

/** What stands in the place of a list of the board that is empty. */
export function emptyView(desk: Desk, text: string): TemplateResult {
  return html`<p class="empty">${desk.live.boardCame ? text : texts.loading}</p>`;
}
