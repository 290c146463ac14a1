// One conversation: who and what about, everything that was said, and what the agent can do with it.

import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "../desk.js";
import type { Row } from "../shapes.js";
import type { Talk } from "../talk.js";
import { texts } from "../texts.nl.js";
import { composerView } from "./composer.js";
import { logView } from "./messages.js";
import { channelOf, dangerView, idIn, isHere, placeOf, subjectOf, titleView, waitingView } from "./parts.js";

export function conversationView(desk: Desk, id: string): TemplateResult {
  const talk = desk.talks.get(id);
  const row = desk.rowOf(id);
  if (!talk || !row) {
    // No title to focus yet: the focus waits for the field to answer in.
    return html`<div class="view conversation">${talk?.problem ? titleView(talk.problem) : html`<p role="status">${texts.loading}</p>`}</div>`;
  }
  const here = isHere(desk, id);
  return html`<article
    class="conversation ${here ? "here" : ""}"
    aria-labelledby=${idIn("titel", here, id)}
    aria-current=${here && desk.talks.shown.length > 1 ? "true" : nothing}
    @focusin=${() => desk.turnTo(id)}
    @pointerdown=${() => desk.turnTo(id)}
  >
    <header>
      <div class="about">
        ${titleIn(idIn("titel", here, id), talk.summary?.name ? `${talk.summary.name}: ${subjectOf(row)}` : subjectOf(row))}
        <p>${dangerView(row)} ${placeOf(row)} · ${channelOf(row.channel)} · ${texts.owner[row.owner]}${row.owner === "queued" ? html` ${waitingView(row.since, desk.now)}` : nothing}</p>
      </div>
      ${actionsView(desk, row)}
    </header>
    ${logView(desk, talk)}
    ${footView(desk, row, talk)}
  </article>`;
}

function titleIn(id: string, text: string): TemplateResult {
  return html`<h2 id=${id} class="title" tabindex="-1">${text}</h2>`;
}

function asideView(desk: Desk, id: string, name: string): TemplateResult | typeof nothing {
  if (desk.talks.shown.length < 2) return nothing;
  return html`<button type="button" class="quiet aside-close" aria-label=${texts.beside.aside(name)} title=${texts.beside.aside(name)} @click=${(event: Event) => (event.stopPropagation(), desk.talks.putAside(id))}>
    <span aria-hidden="true">×</span>
  </button>`;
}

function isMine(desk: Desk, row: Row): boolean {
  return row.owner === "agent" && row.agent?.id === desk.me?.id;
}

function actionsView(desk: Desk, row: Row): TemplateResult | typeof nothing {
  const facts = html`<button
    type="button"
    class="quiet facts-switch"
    aria-pressed=${desk.preferences.facts ? "true" : "false"}
    @click=${() => desk.prefer({ facts: !desk.preferences.facts })}
  >
    ${texts.conversation.facts}
  </button>`;
  const aside = asideView(desk, row.id, subjectOf(row));
  if (!isMine(desk, row)) return html`<div class="actions" role="group" aria-label=${texts.conversation.actions}>${facts} ${aside}</div>`;
  const t = texts.conversation;
  return html`<div class="actions" role="group" aria-label=${t.actions}>
    <button type="button" class="quiet" @click=${() => desk.show({ name: "forward", about: row.id })}>${t.forward}</button>
    <button type="button" class="quiet" @click=${() => desk.show({ name: "callback", about: row.id })}>${t.callback}</button>
    <button type="button" class="quiet" @click=${() => desk.calendar.begin(row.id)}>${t.appointment}</button>
    <button type="button" class="quiet" @click=${() => desk.show({ name: "handBack", about: row.id })}>${t.handBack}</button>
    <button type="button" class="quiet strong" @click=${() => desk.show({ name: "close", about: row.id })}>${t.close}</button>
    ${facts} ${aside}
  </div>`;
}

function footView(desk: Desk, row: Row, talk: Talk): TemplateResult {
  if (isMine(desk, row)) return composerView(desk, talk);
  const t = texts.conversation;
  const take = idIn("overnemen", isHere(desk, row.id), row.id);
  const lead = desk.leads && row.owner !== "closed";
  const mayTake = row.owner === "bot" || (row.owner === "agent" && desk.leads);
  const words =
    row.owner === "queued" ? t.waitsForYou : row.owner === "bot" ? t.withBot : row.owner === "agent" ? t.withOther(row.agent?.name ?? texts.author.agent) : t.closed;
  return html`<footer class="takeover">
    <p>${words}</p>
    ${row.owner === "queued" ? html`<button type="button" id=${take} class="button" @click=${() => void desk.acts.claim(row.id)}>${t.takeOver}</button>` : nothing}
    ${mayTake ? html`<button type="button" id=${take} class="button" @click=${() => void desk.acts.takeOver(row.id)}>${row.owner === "agent" ? t.takeOverFrom : t.takeOver}</button>` : nothing}
    ${lead ? html`<button type="button" class="quiet" @click=${() => desk.show({ name: "assign", about: row.id })}>${t.assign}</button>` : nothing}
  </footer>`;
}
