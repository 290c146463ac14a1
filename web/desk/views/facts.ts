// What stands beside a conversation: the summary, the knowledge base, and the notes of colleagues.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { safeHref } from "../../widget/src/markdown.js";
import { longDate } from "../../widget/src/dates.js";
import { linkView, markdownView } from "../../widget/src/views/markdown.js";
import { shortMoment } from "../dates.js";
import type { Desk } from "../desk.js";
import type { Answer, Exchange } from "../shapes.js";
import type { Talk } from "../talk.js";
import { texts } from "../texts.nl.js";
import { addressOf } from "../view.js";
import { channelOf, municipalityName, values } from "./parts.js";
import { shotsView } from "./shots.js";

export function factsView(desk: Desk, talk: Talk): TemplateResult {
  return html`<section class="facts" aria-label=${texts.facts.title}>${summaryView(desk, talk)} ${knowledgeView(desk, talk)} ${notesView(desk, talk)}</section>`;
}

function summaryView(desk: Desk, talk: Talk): TemplateResult {
  const { summary } = talk;
  const t = texts.facts;
  if (!summary) return html`<section><h2>${t.summary}</h2><p>${texts.loading}</p></section>`;
  const fact = (name: string, value: unknown) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing);
  return html`<section aria-labelledby="samenvatting">
    <h2 id="samenvatting">${t.summary}</h2>
    ${summary.danger ? html`<p class="danger-box"><strong>${texts.danger}.</strong> ${t.dangerText}</p>` : nothing}
    ${summary.mood.length > 0 ? html`<p class="moods">${summary.mood.map((sign) => html`<span class="tag">${t.mood[sign] ?? sign}</span> `)}</p>` : nothing}
    ${summary.open_question ? html`<p class="open-question"><strong>${t.open}:</strong> “${summary.open_question}”</p>` : nothing}
    <dl>
      ${fact(t.name, summary.name)}
      ${fact(t.phone, summary.phone ? html`<a href=${`tel:${summary.phone.replace(/[^+\d]/g, "")}`}>${summary.phone}</a>` : null)}
      ${fact(t.subject, summary.product_name ?? summary.product)} ${fact(t.reason, summary.reason)}
      ${fact(t.municipality, summary.municipality ? municipalityName(desk, summary.municipality) : null)} ${fact(t.channel, channelOf(summary.channel))}
      ${fact(t.started, shortMoment(summary.started_at, desk.now))} ${fact(t.references, summary.references.length > 0 ? summary.references.map((reference, index) => html`${index > 0 ? ", " : nothing}${referenceView(desk, reference)}`) : null)}
    </dl>
    ${summary.exchanges.length > 0
      ? html`<h3>${t.asked}</h3>
          <ol class="exchanges">
            ${summary.exchanges.map((exchange) => exchangeView(desk, talk, exchange))}
          </ol>`
      : nothing}
  </section>`;
}

/** A report opens; what was promised stands in a list of its own. */
function referenceView(desk: Desk, reference: string): unknown {
  if (!reference.startsWith("M-")) return reference;
  const view = { name: "report", id: reference } as const;
  return html`<a href=${addressOf(view)} @click=${(event: Event) => (event.preventDefault(), desk.go(view))}>${reference}</a>`;
}

function exchangeView(desk: Desk, talk: Talk, exchange: Exchange): TemplateResult {
  return html`<li class=${exchange.state}>“${exchange.text}” <span class="tag">${texts.facts.state[exchange.state]}</span>${shotsView(desk, talk, exchange.pictures)}</li>`;
}

function knowledgeView(desk: Desk, talk: Talk): TemplateResult {
  const { knowing } = desk;
  const t = texts.knowledge;
  return html`<section aria-labelledby="kennis-titel">
    <h2 id="kennis-titel" tabindex="-1">${t.title}</h2>
    <form role="search" aria-label=${t.title} @submit=${(event: Event) => (event.preventDefault(), void knowing.search())}>
      <label for="kennis-zoek">${t.search}</label>
      <input id="kennis-zoek" type="search" maxlength="200" autocomplete="off" spellcheck="false" placeholder=${t.searchHint} .value=${live(knowing.query)} @input=${(event: Event) => knowing.type((event.target as HTMLInputElement).value)} />
    </form>
    ${knowing.found === null
      ? nothing
      : knowing.found.length === 0
        ? html`<p role="status">${t.none}</p>`
        : html`<ul role="list" class="found">
            ${knowing.found.map(({ id, name }) => html`<li><button type="button" class="row" @click=${() => ((desk.focus = "#kennis-onderwerp"), void knowing.choose(id))}>${name}</button></li>`)}
          </ul>`}
    ${productView(desk, talk)}
  </section>`;
}

function productView(desk: Desk, talk: Talk): TemplateResult | typeof nothing {
  const { product, aspect, answer } = desk.knowing;
  if (!product) return nothing;
  return html`<h3 id="kennis-onderwerp" tabindex="-1">${product.name}</h3>
    <div class="aspects" role="group" aria-label=${texts.knowledge.aspects(product.name)}>
      ${product.aspects
        .filter(({ applicable }) => applicable)
        .map((one) => html`<button type="button" class="chip" aria-pressed=${one.aspect === aspect ? "true" : "false"} @click=${() => void desk.knowing.show(one.aspect)}>${one.title}</button>`)}
    </div>
    ${product.vacs.length === 0
      ? nothing
      : html`<details>
          <summary>${texts.knowledge.particular(product.vacs.length)}</summary>
          <ul role="list" class="found">
            ${product.vacs.map((vac) => html`<li><button type="button" class="row" aria-pressed=${aspect === `?${vac.id}` ? "true" : "false"} @click=${() => desk.knowing.showParticular(vac)}>${vac.question}</button></li>`)}
          </ul>
        </details>`}
    ${answer === null ? nothing : answer === "busy" ? html`<p role="status">${texts.loading}</p>` : answerView(desk, talk, answer)}`;
}

function answerView(desk: Desk, talk: Talk, answer: Answer): TemplateResult {
  const t = texts.knowledge;
  const address = typeof answer.source === "string" ? answer.source : (answer.source?.url ?? null);
  const href = address === null ? null : safeHref(address);
  const mine = talk.row?.agent?.id === desk.me?.id && talk.row?.owner === "agent";
  return html`<div class="answer">
    <div class="text">${markdownView(answer.text)}</div>
    ${answer.complete ? nothing : html`<p class="incomplete">${t.incomplete}</p>`}
    <p class="hint">
      ${href ? html`${t.source}: ${linkView(href, new URL(href).hostname.replace(/^www\./, ""))}` : nothing}${answer.checked_on ? html`, ${t.checked(longDate(answer.checked_on))}` : nothing}
    </p>
    ${mine ? html`<button type="button" class="button" @click=${() => desk.acts.insert(talk, answer.text)}>${t.insert}</button>` : nothing}
  </div>`;
}

function notesView(desk: Desk, talk: Talk): TemplateResult {
  const t = texts.notes;
  return html`<section aria-labelledby="notities">
    <h2 id="notities">${t.title}</h2>
    ${talk.notes.length === 0 ? html`<p class="empty">${t.empty}</p>` : nothing}
    <ul role="list" class="notes">
      ${talk.notes.map((note) => html`<li><p class="author"><span class="name">${note.agent_name ?? texts.unknown}</span> <time datetime=${note.at}>${shortMoment(note.at, desk.now)}</time></p><p class="typed">${note.text}</p></li>`)}
    </ul>
    <form @submit=${(event: SubmitEvent) => onNote(desk, talk, event)}>
      <label for="notitie">${t.add}</label>
      <textarea id="notitie" name="note" rows="2" maxlength="4000" required></textarea>
      <button type="submit" class="quiet">${t.keep}</button>
    </form>
  </section>`;
}

function onNote(desk: Desk, talk: Talk, event: SubmitEvent): void {
  const form = event.currentTarget as HTMLFormElement;
  const { note = "" } = values(event);
  void desk.acts.note(talk, note).then((kept) => kept && form.reset());
}
