// One conversation: who and what about, everything that was said, and what the agent can do with it.

import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "../desk.js";
import type { Row } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { composerView } from "./composer.js";
import { logView } from "./messages.js";
import { channelOf, dangerView, placeOf, subjectOf, titleView, waitingView } from "./parts.js";

export function conversationView(desk: Desk, id: string): TemplateResult {
  const talk = desk.talks.get(id);
  const row = desk.rowOf(id);
  if (!talk || !row) {
    // No title to focus yet: the focus waits for the field to answer in.
    return html`<div class="view">${talk?.problem ? titleView(talk.problem) : html`<p role="status">${texts.loading}</p>`}</div>`;
  }
  return html`<article class="conversation" aria-labelledby="titel">
    <header>
      <div class="about">
        ${titleView(talk.summary?.name ? `${talk.summary.name}: ${subjectOf(row)}` : subjectOf(row))}
        <p>${dangerView(row)} ${placeOf(row)} · ${channelOf(row.channel)} · ${texts.owner[row.owner]}${row.owner === "queued" ? html` ${waitingView(row.since, desk.now)}` : nothing}</p>
      </div>
      ${actionsView(desk, row)}
    </header>
    ${logView(desk, talk)}
    ${footView(desk, row)}
  </article>`;
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
  if (!isMine(desk, row)) return html`<div class="actions" role="group" aria-label=${texts.conversation.actions}>${facts}</div>`;
  const t = texts.conversation;
  return html`<div class="actions" role="group" aria-label=${t.actions}>
    <button type="button" class="quiet" @click=${() => desk.show({ name: "forward", about: row.id })}>${t.forward}</button>
    <button type="button" class="quiet" @click=${() => desk.show({ name: "callback", about: row.id })}>${t.callback}</button>
    <button type="button" class="quiet" @click=${() => desk.calendar.begin(row.id)}>${t.appointment}</button>
    <button type="button" class="quiet" @click=${() => desk.show({ name: "handBack", about: row.id })}>${t.handBack}</button>
    <button type="button" class="quiet strong" @click=${() => desk.show({ name: "close", about: row.id })}>${t.close}</button>
    ${facts}
  </div>`;
}

function footView(desk: Desk, row: Row): TemplateResult {
  const { talk } = desk;
  if (talk && isMine(desk, row)) return composerView(desk, talk);
  const t = texts.conversation;
  const lead = desk.leads && row.owner !== "closed";
  const mayTake = row.owner === "bot" || (row.owner === "agent" && desk.leads);
  const words =
    row.owner === "queued" ? t.waitsForYou : row.owner === "bot" ? t.withBot : row.owner === "agent" ? t.withOther(row.agent?.name ?? texts.author.agent) : t.closed;
  return html`<footer class="takeover">
    <p>${words}</p>
    ${row.owner === "queued" ? html`<button type="button" id="overnemen" class="button" @click=${() => void desk.acts.claim(row.id)}>${t.takeOver}</button>` : nothing}
    ${mayTake ? html`<button type="button" id="overnemen" class="button" @click=${() => void desk.acts.takeOver(row.id)}>${row.owner === "agent" ? t.takeOverFrom : t.takeOver}</button>` : nothing}
    ${lead ? html`<button type="button" class="quiet" @click=${() => desk.show({ name: "assign", about: row.id })}>${t.assign}</button>` : nothing}
  </footer>`;
}
