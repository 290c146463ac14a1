// What a team lead sees: the queues, who is doing what, and the running conversations to take over or assign.

import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "../desk.js";
import type { Colleague, Row } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { emptyView, placeOf, subjectOf, teamName, titleView, waitingView } from "./parts.js";

const t = texts.team;

export function teamView(desk: Desk): TemplateResult {
  return html`<div class="view">${titleView(t.title)} ${queuesView(desk)} ${colleaguesView(desk)} ${runningView(desk)}</div>`;
}

function head(...names: string[]): TemplateResult {
  return html`<thead><tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>`;
}

function queuesView(desk: Desk): TemplateResult {
  const { teams } = desk.board;
  if (teams.length === 0) return html`<h2>${t.queues}</h2>${emptyView(desk, texts.queue.empty)}`;
  return html`<h2 id="rijen">${t.queues}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="rijen">
      <table>
        ${head(t.team, t.waiting, t.longest, t.expected)}
        <tbody>
          ${teams.map((queue) => html`<tr><th scope="row">${queue.name}</th><td>${queue.waiting}</td><td>${waitingView(queue.oldest, desk.now)}</td><td>${queue.expected === null ? "–" : `${queue.expected} min`}</td></tr>`)}
        </tbody>
      </table>
    </div>`;
}

function colleaguesView(desk: Desk): TemplateResult {
  const order = ["available", "busy", "away", "offline"];
  const all = [...desk.board.colleagues].sort((a, b) => order.indexOf(a.presence) - order.indexOf(b.presence) || a.name.localeCompare(b.name));
  return html`<h2 id="collegas">${t.colleagues}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="collegas">
      <table>
        ${head(t.name, t.presence, t.held, t.skills)}
        <tbody>
          ${all.map((one) => colleagueView(desk, one))}
        </tbody>
      </table>
    </div>`;
}

function colleagueView(desk: Desk, one: Colleague): TemplateResult {
  const reason = one.away_reason ? `: ${one.away_reason}` : "";
  return html`<tr>
    <th scope="row">${one.name}</th>
    <td><span class="presence-tag ${one.presence}">${texts.presence[one.presence]}${reason}</span></td>
    <td>${texts.mine.of(one.held, one.most)}</td>
    <td>${one.skills.length === 0 ? texts.everyone : one.skills.map((team) => teamName(desk, team)).join(", ")}</td>
  </tr>`;
}

function runningView(desk: Desk): TemplateResult {
  const { rows } = desk.lists;
  const running = (rows ?? []).filter(({ owner }) => owner === "agent" || owner === "queued");
  const body =
    rows === null
      ? html`<p role="status">${texts.loading}</p>`
      : running.length === 0
        ? html`<p class="empty">${texts.all.none}</p>`
        : html`<ul role="list" class="cards">
            ${running.map((row) => runningRow(desk, row))}
          </ul>`;
  return html`<h2>${t.running}</h2>
    ${body}`;
}

function runningRow(desk: Desk, row: Row): TemplateResult {
  return html`<li class="card line-card">
    <button type="button" class="link" @click=${() => desk.open(row.id)}>${subjectOf(row)}</button>
    <span class="meta">
      <span>${placeOf(row)}</span> <span>${row.agent ? texts.with(row.agent.name) : texts.owner[row.owner]}</span> ${waitingView(row.owner === "queued" ? row.since : row.unanswered_since, desk.now)}
    </span>
    ${row.agent?.id === desk.me?.id ? nothing : html`<button type="button" class="quiet" @click=${() => void desk.acts.takeOver(row.id)}>${t.takeOver}<span class="sr"> ${subjectOf(row)}</span></button>`}
    <button type="button" class="quiet" @click=${() => desk.show({ name: "assign", about: row.id })}>${t.assign}<span class="sr"> ${subjectOf(row)}</span></button>
  </li>`;
}
