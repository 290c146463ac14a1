// Conversations as a table: all recent ones, those found, and a sample for quality.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { shortMoment } from "../dates.js";
import type { Desk } from "../desk.js";
import type { Row } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { channelOf, dangerView, placeOf, subjectOf, teamName, titleView } from "./parts.js";

export function allView(desk: Desk): TemplateResult {
  return html`<div class="view">${titleView(texts.all.title)}<p class="hint">${texts.all.hint}</p>${rowsView(desk, texts.all.none)}</div>`;
}

export function sampleView(desk: Desk): TemplateResult {
  return html`<div class="view">
    <header class="view-head">${titleView(texts.sample.title)}<button type="button" class="quiet" @click=${() => desk.lists.again()}>${texts.sample.again}</button></header>
    <p class="hint">${texts.sample.hint}</p>
    ${rowsView(desk, texts.all.none)}
  </div>`;
}

export function searchView(desk: Desk): TemplateResult {
  const { lists } = desk;
  const t = texts.search;
  return html`<div class="view">
    ${titleView(t.title)}
    <form role="search" class="search" @submit=${(event: Event) => (event.preventDefault(), void lists.search())}>
      <label for="zoekwoorden">${t.label}</label>
      <input id="zoekwoorden" type="search" maxlength="200" autocomplete="off" aria-describedby="zoekhulp" .value=${live(lists.query)} @input=${(event: Event) => (lists.query = (event.target as HTMLInputElement).value)} />
      <button type="submit" class="button">${t.go}</button>
      <p class="hint" id="zoekhulp">${t.hint}</p>
    </form>
    ${lists.searched === "" ? nothing : rowsView(desk, t.none(lists.searched))}
  </div>`;
}

export function rowsView(desk: Desk, empty: string): TemplateResult {
  const { rows } = desk.lists;
  if (rows === null) return html`<p role="status">${texts.loading}</p>`;
  if (rows.length === 0) return html`<p class="empty" role="status">${empty}</p>`;
  return tableView(desk, rows);
}

export function tableView(desk: Desk, rows: readonly Row[]): TemplateResult {
  const t = texts.table;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t.caption}>
    <table>
      <caption class="sr">${t.caption}</caption>
      <thead>
        <tr>${[t.subject, t.municipality, t.channel, t.team, t.state, t.who, t.since].map((name) => html`<th scope="col">${name}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr>
            <th scope="row"><button type="button" class="link" @click=${() => desk.open(row.id)}>${subjectOf(row)}</button> ${dangerView(row)}</th>
            <td>${placeOf(row)}</td>
            <td>${channelOf(row.channel)}</td>
            <td>${teamName(desk, row.team)}</td>
            <td>${texts.owner[row.owner]}</td>
            <td>${row.agent?.name ?? "–"}</td>
            <td>${row.since ? shortMoment(row.since, desk.now) : "–"}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
