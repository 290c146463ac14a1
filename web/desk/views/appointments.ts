// The appointments of one day in one municipality, with making, moving and cancelling.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { clockTime } from "../dates.js";
import type { Desk } from "../desk.js";
import type { Appointment } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { optionsView, titleView } from "./parts.js";

const t = texts.appointments;

export function appointmentsView(desk: Desk): TemplateResult {
  const { calendar } = desk;
  const value = (event: Event) => (event.target as HTMLInputElement).value;
  return html`<div class="view">
    <header class="view-head">
      ${titleView(t.title)}
      <label>${t.municipality} <select @change=${(event: Event) => calendar.choose({ municipality: value(event) })}>${optionsView(desk.municipalities, calendar.municipality)}</select></label>
      <label>${t.day} <input type="date" .value=${live(calendar.day)} @change=${(event: Event) => calendar.choose({ day: value(event) })} /></label>
      <button type="button" class="button" @click=${() => calendar.begin("")}>${t.make}</button>
    </header>
    ${listView(desk)}
  </div>`;
}

function listView(desk: Desk): TemplateResult {
  const { appointments } = desk.calendar;
  if (appointments === null) return html`<p role="status">${texts.loading}</p>`;
  if (appointments.length === 0) return html`<p class="empty">${t.empty}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="titel">
    <table>
      <thead>
        <tr>${[t.time, t.what, t.who, t.where, t.number, t.state, t.acts].map((name) => html`<th scope="col">${name}</th>`)}</tr>
      </thead>
      <tbody>
        ${appointments.map((one) => rowView(desk, one))}
      </tbody>
    </table>
  </div>`;
}

function rowView(desk: Desk, one: Appointment): TemplateResult {
  const cancel = () => {
    if (confirm(t.sure(one.name))) void desk.calendar.cancel(one.reference);
  };
  return html`<tr class=${one.status}>
    <th scope="row">${clockTime(one.starts)}–${clockTime(one.ends)}</th>
    <td>${one.what}</td>
    <td>${one.name}<br /><span class="aside">${one.phone || one.email}</span></td>
    <td>${t.kinds[one.kind] ?? one.kind}<br /><span class="aside">${one.location_name}</span></td>
    <td>${one.reference}</td>
    <td>${t.status[one.status] ?? one.status}</td>
    <td>
      ${one.status === "booked"
        ? html`<button type="button" class="quiet" @click=${() => desk.calendar.beginMove(one)}>${t.move}<span class="sr"> ${one.name}</span></button>
            <button type="button" class="quiet" @click=${cancel}>${t.cancel}<span class="sr"> ${one.name}</span></button>`
        : nothing}
    </td>
  </tr>`;
}
