// The overview that one comes in on: how busy it is, and what asks for attention first.

import { html, nothing, type TemplateResult } from "lit";
import { dayName } from "../dates.js";
import type { Desk } from "../desk.js";
import { texts } from "../texts.nl.js";
import { addressOf } from "../view.js";
import { minutesSince, short } from "../waiting.js";
import { dangerView, placeOf, subjectOf, titleView } from "./parts.js";

const MOST = 5;

export function startView(desk: Desk): TemplateResult {
  const t = texts.start;
  const { mine, queue, promises, reports, colleagues } = desk.board;
  const overdue = promises.filter((promise) => promise.overdue).length;
  const oldest = queue.map((row) => row.since).filter((since) => since !== null).sort()[0] ?? null;
  const present = colleagues.filter(({ presence }) => presence === "available" || presence === "busy").length;
  const tile = (name: string, value: string | number, extra: unknown = nothing) => html`<div class="tile"><dt>${name}</dt><dd>${value} ${extra}</dd></div>`;
  return html`<div class="view start">
    ${titleView(t.title((desk.me?.name ?? "").split(" ")[0] ?? ""))} ${presenceView(desk)}
    <p>${desk.live.boardCame ? t.waiting(queue.length) : texts.loading}</p>
    ${queue.length > 0 ? html`<button type="button" class="button" @click=${() => void desk.acts.claimNext()}>${texts.queue.next}</button>` : nothing}
    <dl class="tiles">
      ${tile(t.tiles.waiting, queue.length)} ${tile(t.tiles.longest, oldest ? short(minutesSince(oldest, desk.now)) : "–")} ${tile(t.tiles.mine, `${mine.length} / ${desk.me?.most ?? 0}`)}
      ${tile(t.tiles.promises, promises.length, overdue > 0 ? lateView(desk, "promises", t.overdue(overdue)) : nothing)}
      ${tile(t.tiles.reports, reports.open, reports.overdue > 0 ? lateView(desk, "reports", texts.reports.late(reports.overdue)) : nothing)}
      ${tile(t.tiles.present, present)}
    </dl>
    ${firstView(desk)}
    <p class="hint">${t.tip}</p>
  </div>`;
}

function lateView(desk: Desk, name: "promises" | "reports", text: string): TemplateResult {
  return html`<a class="danger-tag" href=${addressOf({ name })} @click=${(event: Event) => (event.preventDefault(), desk.go({ name }))}>${text}</a>`;
}

/** Danger in the queue, then promises that are too late. */
function firstView(desk: Desk): TemplateResult | typeof nothing {
  const { queue, promises } = desk.board;
  const danger = queue.filter((row) => row.danger !== null);
  const late = promises.filter(({ overdue }) => overdue).slice(0, MOST);
  if (danger.length + late.length === 0) return nothing;
  return html`<h2>${texts.start.first}</h2>
    <ul role="list" class="cards">
      ${danger.map((row) => html`<li class="card overdue line-card">${dangerView(row)} <button type="button" class="link" @click=${() => desk.open(row.id)}>${subjectOf(row)}</button> <span class="meta">${placeOf(row)}</span></li>`)}
      ${late.map((one) => html`<li class="card overdue line-card"><strong class="danger-tag">${texts.promises.overdue}</strong> <button type="button" class="link" @click=${() => desk.go({ name: "promises" })}>${one.subject}</button> <span class="meta">${texts.promises.promised(dayName(one.promised_on, desk.now))}</span></li>`)}
    </ul>`;
}

function presenceView(desk: Desk): TemplateResult | typeof nothing {
  const presence = desk.me?.presence;
  if (presence === "available" || presence === undefined) return nothing;
  return html`<div class="notice">
    <p>${texts.start[presence]}</p>
    <button type="button" class="button" @click=${() => void desk.acts.presence("available")}>${texts.start.available}</button>
  </div>`;
}
