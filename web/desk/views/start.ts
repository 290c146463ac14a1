// The overview that one comes in on: how busy it is, and what asks for attention first.

import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "../desk.js";
import { texts } from "../texts.nl.js";
import { minutesSince, short } from "../waiting.js";
import { titleView } from "./parts.js";

export function startView(desk: Desk): TemplateResult {
  const t = texts.start;
  const { mine, queue, promises, colleagues } = desk.board;
  const overdue = promises.filter((promise) => promise.overdue).length;
  const oldest = queue.map((row) => row.since).filter((since) => since !== null).sort()[0] ?? null;
  const present = colleagues.filter(({ presence }) => presence === "available" || presence === "busy").length;
  const tile = (name: string, value: string | number, extra: unknown = nothing) => html`<div class="tile"><dt>${name}</dt><dd>${value} ${extra}</dd></div>`;
  return html`<div class="view start">
    ${titleView(t.title((desk.me?.name ?? "").split(" ")[0] ?? ""))} ${presenceView(desk)}
    <p>${t.waiting(queue.length)}</p>
    ${queue.length > 0 ? html`<button type="button" class="button" @click=${() => void desk.acts.claimNext()}>${texts.queue.next}</button>` : nothing}
    <dl class="tiles">
      ${tile(t.tiles.waiting, queue.length)} ${tile(t.tiles.longest, oldest ? short(minutesSince(oldest, desk.now)) : "–")} ${tile(t.tiles.mine, `${mine.length} / ${desk.me?.most ?? 0}`)}
      ${tile(t.tiles.promises, promises.length, overdue > 0 ? html`<a class="danger-tag" href="/desk#terugbellen" @click=${(event: Event) => (event.preventDefault(), desk.go({ name: "promises" }))}>${t.overdue(overdue)}</a>` : nothing)}
      ${tile(t.tiles.present, present)}
    </dl>
    <p class="hint">${t.tip}</p>
  </div>`;
}

function presenceView(desk: Desk): TemplateResult | typeof nothing {
  const presence = desk.me?.presence;
  if (presence === "available" || presence === undefined) return nothing;
  return html`<div class="notice">
    <p>${presence === "busy" ? texts.start.busy : texts.start.away}</p>
    <button type="button" class="button" @click=${() => void desk.acts.presence("available")}>${texts.start.available}</button>
  </div>`;
}
