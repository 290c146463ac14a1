// Call-backs and notes that somebody must deal with: the overdue on top, each with what was promised.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { dayName, shortMoment } from "../dates.js";
import type { Desk } from "../desk.js";
import type { CitizenPromise } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { emptyView, municipalityName, teamName, titleView } from "./parts.js";

const t = texts.promises;
let only = "";

export function promisesView(desk: Desk): TemplateResult {
  const all = desk.board.promises.filter((one) => only === "" || (only === "mine" ? one.picked_up_by === desk.me?.id : one.team === only));
  const choose = (event: Event) => {
    only = (event.target as HTMLSelectElement).value;
    desk.redraw();
  };
  return html`<div class="view">
    <header class="view-head">
      ${titleView(t.title)}
      <label>${t.filter} <select @change=${choose}><option value="">${t.all}</option><option value="mine" ?selected=${only === "mine"}>${t.mine}</option>${desk.teams.map(({ id, name }) => html`<option value=${id} ?selected=${only === id}>${name}</option>`)}</select></label>
    </header>
    ${all.length === 0 ? emptyView(desk, t.empty) : nothing}
    <ul role="list" class="cards">
      ${repeat(
        all,
        ({ reference }) => reference,
        (promise) => promiseView(desk, promise),
      )}
    </ul>
  </div>`;
}

function promiseView(desk: Desk, promise: CitizenPromise): TemplateResult {
  const contact = promise.phone ? html`<a href=${`tel:${promise.phone.replace(/[^+\d]/g, "")}`}>${promise.phone}</a>` : html`<a href=${`mailto:${promise.email}`}>${promise.email}</a>`;
  return html`<li class="card ${promise.overdue ? "overdue" : ""}">
    <h2 class="card-title">${promise.name || texts.author.citizen} <span class="aside">${contact}</span></h2>
    <p class="meta">
      ${promise.overdue ? html`<strong class="danger-tag">${t.overdue}</strong>` : nothing} <span>${t.kind[promise.kind]}</span>
      <span>${t.promised(dayName(promise.promised_on, desk.now))}</span> ${promise.wanted_at ? html`<span>${t.wanted(shortMoment(promise.wanted_at, desk.now))}</span>` : nothing}
      <span>${municipalityName(desk, promise.municipality)}</span> <span>${teamName(desk, promise.team)}</span> <span>${promise.reference}</span>
      ${promise.attempts > 0 ? html`<span>${t.attempts(promise.attempts)}</span>` : nothing}
    </p>
    <p><strong>${promise.subject}</strong></p>
    ${promise.summary ? html`<p class="typed">${promise.summary}</p>` : nothing} ${actsView(desk, promise)}
  </li>`;
}

function actsView(desk: Desk, promise: CitizenPromise): TemplateResult {
  const { reference, picked_up_by: by, conversation_id: conversation } = promise;
  const mine = by !== null && by === desk.me?.id;
  const holder = desk.board.colleagues.find(({ id }) => id === by)?.name ?? texts.unknown;
  const act = (name: "pick-up" | "put-down" | "attempt", title: string, done: string) =>
    html`<button type="button" class="quiet" @click=${() => void desk.acts.promise(reference, name, done)}>${title}</button>`;
  return html`<div class="actions">
    ${by === null ? html`<button type="button" class="button" @click=${() => void desk.acts.promise(reference, "pick-up", texts.done.taken)}>${t.take}</button>` : html`<p class="taken">${mine ? t.takenByYou : t.takenBy(holder)}</p>`}
    ${mine
      ? html`<button type="button" class="button" @click=${() => desk.show({ name: "finish", about: reference })}>${t.finish}</button>
          ${act("attempt", t.attempt, texts.done.attempted)} ${act("put-down", t.put, texts.done.put)}`
      : nothing}
    ${conversation ? html`<button type="button" class="quiet" @click=${() => desk.open(conversation)}>${t.open}</button>` : nothing}
  </div>`;
}
