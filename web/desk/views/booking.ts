// The dialogs that make or move an appointment: what, where, a free moment, and who comes.

import { html, nothing, type TemplateResult } from "lit";
import { clockTime, dayName, isoDay } from "../dates.js";
import type { Desk } from "../desk.js";
import type { Slots } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { frame } from "./dialogs.js";
import { field, optionsView } from "./parts.js";

const t = texts.appointments;
/** Free moments that are drawn: enough to choose from, few enough to read. */
const MOST = 60;

export function bookDialog(desk: Desk, conversation: string): TemplateResult {
  const summary = desk.talks.get(conversation)?.summary;
  const [first = "", ...last] = (summary?.name ?? "").split(" ");
  const content = html`${wishView(desk)} ${slotsView(desk)}
    <div class="columns">
      ${field("first_name", t.first, { value: first })} ${field("last_name", t.last, { value: last.join(" ") })}
      ${field("email", t.email, { type: "email", required: false })} ${field("phone", t.phone, { type: "tel", value: summary?.phone ?? "", required: false })}
    </div>`;
  return frame(desk, t.make, content, t.book, ({ first_name = "", last_name = "", email = "", phone = "" }) =>
    desk.calendar.book(conversation, { first_name, last_name, email, phone }),
  );
}

export function moveDialog(desk: Desk, reference: string): TemplateResult {
  return frame(desk, t.moveTitle, html`${wishView(desk)} ${slotsView(desk)}`, t.move, () => desk.calendar.move(reference));
}

function wishView(desk: Desk): TemplateResult {
  const { calendar } = desk;
  const { wish } = calendar;
  const change = (name: string) => (event: Event) => {
    const { value } = event.target as HTMLInputElement;
    calendar.want({ [name]: name === "amount" ? Math.max(1, Number(value)) : value });
  };
  const kinds = calendar.kinds.map((id) => ({ id, name: t.kinds[id] ?? id }));
  const products = wish?.product ? calendar.products : [{ id: "", name: "" }, ...calendar.products];
  const locations = typeof calendar.slots === "object" && calendar.slots ? calendar.slots.locations : [];
  const what = html`<div class="field"><label for="w-gemeente">${t.municipality}</label><select id="w-gemeente" @change=${change("municipality")}>${optionsView(desk.municipalities, wish?.municipality ?? "")}</select></div>
    <div class="field"><label for="w-product">${t.product}</label><select id="w-product" required @change=${change("product")}>${optionsView(products, wish?.product ?? "")}</select></div>
    <div class="field"><label for="w-soort">${t.kind}</label><select id="w-soort" @change=${change("kind")}>${optionsView(kinds, wish?.kind ?? "")}</select></div>
    <div class="field"><label for="w-aantal">${t.amount}</label><input id="w-aantal" type="number" min="1" max="8" .value=${String(wish?.amount ?? 1)} @change=${change("amount")} /></div>`;
  return html`<div class="columns">
    ${wish?.reference ? nothing : what}
    <div class="field"><label for="w-plaats">${t.location}</label><select id="w-plaats" @change=${change("location")}>${optionsView([{ id: "", name: t.anywhere }, ...locations], wish?.location ?? "")}</select></div>
    <div class="field"><label for="w-vanaf">${t.from}</label><input id="w-vanaf" type="date" .value=${wish?.from ?? ""} @change=${change("from")} /></div>
  </div>`;
}

function slotsView(desk: Desk): TemplateResult {
  const { slots, picked } = desk.calendar;
  if (slots === null) return html`<p class="hint">${t.pick}</p>`;
  if (slots === "busy") return html`<p role="status">${texts.loading}</p>`;
  if (slots.slots.length === 0) return html`<p role="status">${t.noSlots}</p>`;
  const days = [...new Set(slots.slots.slice(0, MOST).map(({ starts }) => isoDay(starts)))];
  return html`<fieldset class="slots">
    <legend>${t.slots}</legend>
    ${days.map((day) => dayView(desk, slots, day, picked))}
  </fieldset>`;
}

function dayView(desk: Desk, slots: Slots, day: string, picked: string): TemplateResult {
  const name = (id: string) => slots.locations.find((location) => location.id === id)?.name ?? id;
  const places = slots.locations.length > 1;
  return html`<p class="slot-day">${dayName(day, desk.now)}</p>
    <div class="slot-row">
      ${slots.slots
        .slice(0, MOST)
        .filter(({ starts }) => isoDay(starts) === day)
        .map((slot) => {
          const value = `${slot.location}|${slot.starts}`;
          return html`<label class="slot"><input type="radio" name="slot" value=${value} required ?checked=${value === picked} @change=${() => desk.calendar.pick(value)} /> ${clockTime(slot.starts)}${places ? html` <span class="aside">${name(slot.location)}</span>` : nothing}</label>`;
        })}
    </div>`;
}
