// The column of lists: the parts of the desk, my conversations, and the queue of each team.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Desk } from "../desk.js";
import { byNeed } from "../news.js";
import type { Row } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { addressOf, type ListName } from "../view.js";
import { minutesSince, short } from "../waiting.js";
import { channelOf, dangerView, emptyView, placeOf, subjectOf, waitingView } from "./parts.js";

/** So many rows of a queue are drawn at once; the rest on request, so that a Monday stays quick. */
const AT_ONCE = 25;

const shown = new Map<string, number>();

export function railView(desk: Desk): TemplateResult {
  return html`<section class="rail" aria-label=${texts.panes.list}>${navView(desk)} ${mineView(desk)} ${queueView(desk)}</section>`;
}

function navView(desk: Desk): TemplateResult {
  const { promises, reports } = desk.board;
  const overdue = promises.filter((promise) => promise.overdue).length;
  const items: { name: ListName; count?: number; late?: string }[] = [
    { name: "start" },
    { name: "promises", count: promises.length, late: overdue > 0 ? texts.start.overdue(overdue) : "" },
    { name: "appointments" },
    { name: "reports", count: reports.open, late: reports.overdue > 0 ? texts.reports.late(reports.overdue) : "" },
    { name: "all" },
    { name: "search" },
    ...(desk.leads ? ([{ name: "team" }, { name: "sample" }] as const) : []),
    ...(desk.me?.role === "admin" ? ([{ name: "accounts" }] as const) : []),
    { name: "settings" },
  ];
  return html`<nav aria-label=${texts.nav.label}>
    <ul role="list">
      ${items.map(
        ({ name, count, late }) => html`<li>
          <a href=${addressOf({ name })} aria-current=${here(desk, name)} @click=${(event: Event) => (event.preventDefault(), desk.go({ name }))}
            >${texts.nav[name as keyof typeof texts.nav]} ${count ? html`<span class="count ${late ? "late" : ""}">${count}${late ? html`<span class="sr">, ${late}</span>` : nothing}</span>` : nothing}</a
          >
        </li>`,
      )}
    </ul>
  </nav>`;
}

/** One report stands under the list of them. */
function here(desk: Desk, name: ListName): "page" | "true" | typeof nothing {
  if (name === "reports" && desk.view.name === "report") return "true";
  return desk.view.name === name ? "page" : nothing;
}

function mineView(desk: Desk): TemplateResult {
  const { mine } = desk.board;
  return html`<section class="list" aria-labelledby="mijn">
    <h2 id="mijn">${texts.mine.title} <span class="aside">${texts.mine.of(mine.length, desk.me?.most ?? 0)}</span></h2>
    ${mine.length === 0
      ? emptyView(desk, texts.mine.empty)
      : html`<ul role="list">
          ${repeat(
            mine,
            (row) => row.id,
            (row) => html`<li>${mineRow(desk, row)}</li>`,
          )}
        </ul>`}
  </section>`;
}

function mineRow(desk: Desk, row: Row): TemplateResult {
  const here = desk.view.name === "talk" && desk.view.id === row.id;
  const name = desk.talks.get(row.id)?.summary?.name;
  const minutes = minutesSince(row.unanswered_since, desk.now);
  return html`<button type="button" class="row" aria-current=${here ? "true" : nothing} @click=${() => desk.open(row.id)}>
    <span class="row-top"><span class="subject">${subjectOf(row)}</span>${row.unread > 0 ? html`<span class="badge"><span aria-hidden="true">${row.unread}</span><span class="sr">${texts.unread(row.unread)}</span></span>` : nothing}</span>
    <span class="row-foot">
      ${dangerView(row)} <span>${name ?? texts.author.citizen}, ${placeOf(row)}</span>
      ${row.unanswered_since ? html`<span class="waiting ${minutes >= 3 ? "long" : "calm"}">${texts.unanswered(short(minutes))}</span>` : nothing}
    </span>
  </button>`;
}

function queueView(desk: Desk): TemplateResult {
  const { queue, teams } = desk.board;
  const groups = teams.length > 0 ? teams.filter(({ waiting }) => waiting > 0) : [];
  const full = desk.board.mine.length >= (desk.me?.most ?? 0);
  return html`<section class="list" aria-labelledby="wachtrij">
    <h2 id="wachtrij">${texts.queue.title} <span class="aside">${queue.length === 0 ? "" : texts.queue.summary(queue.length)}</span></h2>
    ${queue.length === 0
      ? emptyView(desk, texts.queue.empty)
      : html`<button type="button" class="button next" ?disabled=${full} @click=${() => void desk.acts.claimNext()}>${texts.queue.next}</button>
          ${full ? html`<p class="empty">${texts.queue.full}</p>` : nothing}`}
    ${groups.map((team) => {
      const rows = byNeed(queue.filter((row) => row.team === team.team));
      if (rows.length === 0) return nothing;
      const limit = shown.get(team.team) ?? AT_ONCE;
      return html`<h3>${team.name} <span class="aside">${texts.queue.team(rows.length, team.expected)}</span></h3>
        <ul role="list">
          ${repeat(
            rows.slice(0, limit),
            (row) => row.id,
            (row) => html`<li>${queueRow(desk, row)}</li>`,
          )}
        </ul>
        ${rows.length > limit
          ? html`<button type="button" class="quiet more" @click=${() => (shown.set(team.team, limit + 100), desk.redraw())}>${texts.queue.more(rows.length - limit)}</button>`
          : nothing}`;
    })}
  </section>`;
}

function queueRow(desk: Desk, row: Row): TemplateResult {
  const here = desk.view.name === "talk" && desk.view.id === row.id;
  return html`<button type="button" class="row" aria-current=${here ? "true" : nothing} @click=${() => desk.open(row.id)}>
    <span class="row-top"><span class="subject">${subjectOf(row)}</span>${waitingView(row.since, desk.now)}</span>
    <span class="row-foot">${dangerView(row)} <span>${placeOf(row)}, ${channelOf(row.channel)}</span></span>
  </button>`;
}
