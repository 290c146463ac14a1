// The open reports about public space, what is too late on top.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { dayName, shortMoment } from "../dates.js";
import type { Desk } from "../desk.js";
import type { ReportPlace, ReportRow } from "../shapes-reports.js";
import { texts } from "../texts.nl.js";
import { addressOf } from "../view.js";
import { optionsView, titleView, values } from "./parts.js";

const t = texts.reports;

export function reportsView(desk: Desk): TemplateResult {
  const { reports } = desk;
  const choose = (event: Event) => reports.choose((event.target as HTMLSelectElement).value);
  return html`<div class="view">
    <header class="view-head">
      ${titleView(t.title)}
      <label>${t.filter} <select @change=${choose}><option value="">${t.all}</option>${optionsView(desk.municipalities, reports.municipality)}</select></label>
      <form role="search" class="by-number" @submit=${(event: Event) => reports.find(values(event).number ?? "")}>
        <label>${t.number} <input name="number" required maxlength="20" size="10" autocomplete="off" spellcheck="false" placeholder=${t.numberHint} /></label>
        <button type="submit" class="quiet">${t.go}</button>
      </form>
    </header>
    ${listView(desk)}
  </div>`;
}

function listView(desk: Desk): TemplateResult {
  const { rows, more, municipality } = desk.reports;
  if (rows === null) return html`<p role="status">${texts.loading}</p>`;
  if (rows.length === 0) return html`<p class="empty" role="status">${municipality ? t.emptyHere : t.empty}</p>`;
  return html`<ul role="list" class="cards">
      ${repeat(
        rows,
        ({ reference }) => reference,
        (row) => rowView(desk, row),
      )}
    </ul>
    ${more ? html`<p class="hint">${t.more(rows.length)}</p>` : nothing}`;
}

function rowView(desk: Desk, row: ReportRow): TemplateResult {
  const view = { name: "report", id: row.reference } as const;
  return html`<li class="card ${row.overdue ? "overdue" : ""}">
    <h2 class="card-title"><a href=${addressOf(view)} @click=${(event: Event) => (event.preventDefault(), desk.go(view))}>${row.product_name}</a> <span class="aside">${row.reference}</span></h2>
    <p class="meta">
      ${row.overdue ? html`<strong class="danger-tag">${t.overdue}</strong>` : nothing} ${row.trouble ? html`<strong class="danger-tag">${t.trouble}</strong>` : nothing} ${stateView(row)} <span>${row.municipality_name}</span> <span>${whereOf(row.place)}</span>
      ${row.pictures > 0 ? html`<span>${t.pictures(row.pictures)}</span>` : nothing} <span>${t.received(shortMoment(row.created_at, desk.now))}</span>
      <span>${t.promised(dayName(row.promised_on, desk.now))}</span>
    </p>
    <p class="typed report-words">${row.text}</p>
  </li>`;
}

/** Where the work stands, with its number elsewhere. */
export function stateView({ state, elsewhere }: Pick<ReportRow, "state" | "elsewhere">): TemplateResult {
  return html`<span class="tag">${t.state[state]}${elsewhere ? html`, ${t.elsewhere(elsewhere)}` : nothing}</span>`;
}

function whereOf(place: ReportPlace): string {
  return place.words || (place.latitude === null ? t.noPlace : t.sharedPlace);
}
