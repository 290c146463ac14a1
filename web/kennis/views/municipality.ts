// Draws the first page: what this is, and where a municipality can be found and reached.

import { html, nothing, type TemplateResult } from "lit";
import { safeHref } from "../../widget/src/markdown.js";
import type { Contact, Counter, Municipality, Opening, OpeningHours } from "../api.js";
import { capital, texts } from "../texts.nl.js";
import { exampleView, fact, outsideLink, sourceView } from "./parts.js";

export function welcomeView(municipality: Municipality | null, opening: OpeningHours | null): TemplateResult {
  return html`<article>
    <h1 tabindex="-1" id="titel">${municipality ? texts.welcome(municipality.name) : texts.welcomeNone}</h1>
    <p class="lead">${texts.lead}</p>
    <p>${texts.how}</p>
    ${municipality === null ? html`<p>${texts.pick}</p>` : placeView(municipality, opening)}
  </article>`;
}

function placeView(municipality: Municipality, opening: OpeningHours | null): TemplateResult {
  const sites = fact(texts.website, outsideLink(municipality.website, municipality.website));
  return html`<section aria-labelledby="kop-open">
      <h2 id="kop-open">${texts.openNow}</h2>
      ${openingView(opening)}
    </section>
    <section aria-labelledby="kop-loketten">
      <h2 id="kop-loketten">${texts.counters}</h2>
      ${municipality.counters.length === 0 ? html`<p>${texts.noCounters}</p>` : municipality.counters.map(counterView)}
    </section>
    <section aria-labelledby="kop-contact">
      <h2 id="kop-contact">${texts.contacts}</h2>
      <dl class="facts">${sites} ${municipality.contacts.map(contactView)}</dl>
    </section>
    <section aria-labelledby="kop-plaatsen">
      <h2 id="kop-plaatsen">${texts.places}</h2>
      <p>${municipality.places.map(({ name }) => name).join(", ")}</p>
    </section>`;
}

function openingView(opening: OpeningHours | null): TemplateResult {
  if (opening === null || !opening.known) return html`<p>${texts.hoursUnknown}</p>`;
  const next = opening.next === null ? nothing : html`<p>${texts.opensNext(opening.next.counter.name, opening.next.starts)}</p>`;
  if (opening.open.length === 0) return html`<p>${texts.closedNow}</p>${next}`;
  return html`${opening.open.map(({ counter, ends, by_appointment: only }: Opening) => html`<p>${only ? texts.openByAppointment(counter.name, ends) : texts.openUntil(counter.name, ends)}</p>`)}`;
}

function counterView(counter: Counter): TemplateResult {
  const town = [counter.postcode, counter.town].filter(Boolean).join(" ");
  const content = html`<h3>${counter.name}</h3>
    <p>${[counter.street, town].filter(Boolean).join(", ")} ${counter.note ? html`<br />${counter.note}` : nothing}</p>
    ${counter.example || !counter.example_hours ? weekView(counter) : exampleView(texts.hoursExample, weekView(counter))}
    ${counter.sources.map((source) => html`<p class="small">${texts.source}: ${sourceView(source)}</p>`)}`;
  return counter.example ? exampleView(texts.counterExample, content) : html`<div class="counter">${content}</div>`;
}

function weekView(counter: Counter): unknown {
  if (counter.week === null) return nothing;
  return html`<table>
    <caption class="sr">
      ${texts.hoursOf(counter.name)}
    </caption>
    <thead>
      <tr>
        <th scope="col">${texts.day}</th>
        <th scope="col">${texts.time}</th>
      </tr>
    </thead>
    <tbody>
      ${Object.entries(counter.week).map(
        ([day, hours]) => html`<tr>
          <th scope="row">${capital(day)}</th>
          <td>${hours.length === 0 ? texts.closed : hours.map((item) => html`<span>${texts.hours(item.start, item.end, item.by_appointment)}</span>`)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function contactView(contact: Contact): TemplateResult {
  const value = safeHref(contact.value) === null ? contact.value : outsideLink(contact.value, contact.value);
  const sources = contact.sources.map((source) => html`<br /><span class="small">${texts.source}: ${sourceView(source)}</span>`);
  const shown = html`${value} ${contact.note ?? nothing} ${sources}`;
  return fact(texts.contactKinds[contact.kind] ?? contact.kind, contact.example ? html`${shown} ${exampleView(texts.contactExample)}` : shown);
}
