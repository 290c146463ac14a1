// Draws one product: every answer as a citizen gets it, and what an agent or an editor wants to know about it.

import { html, nothing, type TemplateResult } from "lit";
import { markdownView } from "../../widget/src/views/markdown.js";
import { writeAddress, type Address } from "../address.js";
import type { Answer, Limits, Price, Product, Readability, Vac } from "../api.js";
import { texts } from "../texts.nl.js";
import { exampleView, fact, outsideLink, sourceView } from "./parts.js";

export interface ProductActions {
  copy(answer: Pick<Answer, "title" | "text" | "more">): void;
}

export function productView(product: Product, municipality: string | null, address: Address, actions: ProductActions): TemplateResult {
  const group = (key: string) => product.aspects.find(({ aspect }) => aspect === key)?.title ?? texts.questionGroups[key] ?? key;
  return html`<article>
    <p class="back"><a href=${writeAddress({ ...address, product: null })} data-inside>${texts.back}</a></p>
    <p class="kicker">${product.theme.name}</p>
    <h1 tabindex="-1" id="titel">${product.name}</h1>
    <p class="reader">${municipality ? texts.citizenOf(municipality) : texts.citizenOfNone}</p>
    ${channelView(product)} ${bodyView(product)} ${linksView(product)}
    <nav class="aspects" aria-label=${texts.aspects}>
      <ul role="list">
        ${product.aspects.map(
          (answer) => html`<li><a href="#${answer.aspect}" class=${answer.applicable ? "" : "without"}>${answer.title}</a></li>`,
        )}
        ${product.vacs.length === 0 ? nothing : html`<li><a href="#bijzonder">${texts.particular}</a></li>`}
      </ul>
    </nav>
    <div class="columns-of-product">
      <div>${product.aspects.map((answer) => answerView(answer, product, actions))} ${vacsView(product, actions)}</div>
      <div class="beside">${aboutView(product)} ${relatedView(product, address)} ${questionsView(product, group)}</div>
    </div>
  </article>`;
}

function channelView({ channel }: Product): TemplateResult {
  return html`<p class="channel ${channel.preferred}"><strong>${texts.preferred} ${texts.channel[channel.preferred].toLowerCase()}.</strong> ${channel.reason}</p>`;
}

function bodyView({ organisation }: Product): unknown {
  if (organisation === null) return nothing;
  const site = organisation.website ? outsideLink(organisation.website, texts.website) : nothing;
  return html`<p class="body">${texts.doneBy(organisation.name)} ${organisation.phone ? texts.phone(organisation.phone) : nothing} ${site}</p>`;
}

function answerView(answer: Answer, product: Product, actions: ProductActions): TemplateResult {
  const examples = answer.aspect === "kosten" ? product.prices.filter(({ example }) => example) : [];
  return html`<section class="answer" id=${answer.aspect} tabindex="-1" aria-labelledby="kop-${answer.aspect}">
    <header>
      <h2 id="kop-${answer.aspect}">${answer.title}</h2>
      ${answer.applicable ? nothing : html`<span class="tag">${texts.notApplicable}</span>`}
      ${answer.local ? html`<span class="tag">${texts.local}</span>` : nothing}
    </header>
    <div class="text">${markdownView(answer.text)}</div>
    ${answer.more === null ? nothing : html`<details class="more"><summary>${texts.more}</summary><div class="text">${markdownView(answer.more)}</div></details>`}
    ${answer.complete ? nothing : html`<p class="incomplete">${texts.incomplete}</p>`}
    ${pricesView(examples)}
    <footer>
      <p>${texts.source}: ${answer.source ? sourceView(answer.source) : texts.noSource}</p>
      <p>${texts.readability}: ${measuresView(answer.readability, product.limits)}</p>
      <button type="button" class="quiet" aria-label=${texts.copyOf(answer.title)} @click=${() => actions.copy(answer)}>${texts.copy}</button>
    </footer>
  </section>`;
}

function vacsView(product: Product, actions: ProductActions): unknown {
  if (product.vacs.length === 0) return nothing;
  return html`<section class="particular" id="bijzonder" tabindex="-1" aria-labelledby="kop-bijzonder">
    <h2 id="kop-bijzonder">${texts.particular}</h2>
    <p>${texts.particularText}</p>
    ${product.vacs.map((vac) => vacView(vac, product, actions))}
  </section>`;
}

function vacView(vac: Vac, product: Product, actions: ProductActions): TemplateResult {
  return html`<section class="answer" aria-labelledby="kop-vac-${vac.id}">
    <header><h3 id="kop-vac-${vac.id}">${vac.question}</h3></header>
    <div class="text">${markdownView(vac.text)}</div>
    <details class="questions">
      <summary>${texts.asked} <span class="count">${vac.questions.length + vac.follow_ups.length}</span></summary>
      <ul>
        ${[...vac.questions, ...vac.follow_ups].map((question) => html`<li>${question}</li>`)}
      </ul>
    </details>
    <footer>
      <p>${texts.source}: ${vac.source ? sourceView(vac.source) : texts.noSource}</p>
      <p>${texts.readability}: ${measuresView(vac.readability, product.limits)}</p>
      <button type="button" class="quiet" aria-label=${texts.copyOf(vac.question)} @click=${() => actions.copy({ title: vac.question, text: vac.text, more: null })}>${texts.copy}</button>
    </footer>
  </section>`;
}

/** The links are those of the product: they stand under every answer in the chat, so here once. */
function linksView({ aspects }: Product): unknown {
  const links = aspects[0]?.links ?? [];
  if (links.length === 0) return nothing;
  return html`<div class="steps">
    <p><strong>${texts.steps}</strong></p>
    <ul>
      ${links.map((link) => html`<li>${outsideLink(link.url, link.title)} ${link.digid ? html`<span class="tag">${texts.digid}</span>` : nothing}</li>`)}
    </ul>
  </div>`;
}

function pricesView(prices: readonly Price[]): unknown {
  if (prices.length === 0) return nothing;
  const lines = html`<ul>
    ${prices.map((price) => html`<li>${texts.price(price.description, price.euro, price.unit)}</li>`)}
  </ul>`;
  return exampleView(texts.examplePrices, lines);
}

function measuresView(found: Readability, limits: Limits): TemplateResult {
  const over = found.mean_sentence > limits.mean_sentence || found.longest_sentence > limits.longest_sentence;
  const remarks = [
    found.jargon.length > 0 ? texts.jargon(found.jargon) : "",
    found.long_words.length > 0 ? texts.longWords(found.long_words) : "",
    found.passive > 0 ? texts.passive(found.passive) : "",
  ].filter((remark) => remark !== "");
  return html`${[texts.measures(found), ...remarks].join("; ")} ${over ? html`<strong class="tag over">${texts.overLimit}</strong>` : nothing}`;
}

function relatedView({ related }: Product, address: Address): unknown {
  if (related.length === 0) return nothing;
  return html`<section aria-labelledby="kop-verwant">
    <h2 id="kop-verwant">${texts.related}</h2>
    <ul>
      ${related.map(({ id, name }) => html`<li><a href=${writeAddress({ ...address, product: id })} data-inside>${name}</a></li>`)}
    </ul>
  </section>`;
}

function aboutView(product: Product): TemplateResult {
  const audience = product.audience.map((name) => texts.audiences[name] ?? name).join(" en ");
  const { words, mean_sentence: mean, longest_sentence: longest } = product.limits;
  return html`<section aria-labelledby="kop-over">
    <h2 id="kop-over">${texts.about}</h2>
    <dl class="facts">
      ${fact(texts.owner, product.owner)} ${fact(texts.team, product.team.name)} ${fact(texts.theme, product.theme.name)} ${fact(texts.audience, audience)}
      ${product.appointment ? fact(texts.appointment, texts.appointmentKind(product.appointment)) : nothing}
      ${product.upl ? fact(texts.upl, product.upl.uri ? outsideLink(product.upl.uri, product.upl.name) : product.upl.name) : nothing}
      ${fact(texts.words, product.words.join(", "))}
      ${fact(texts.sources, html`<ul>${product.sources.map((source) => html`<li>${sourceView(source)}</li>`)}</ul>`)}
      ${fact(texts.readability, texts.limits(words, mean, longest))}
    </dl>
  </section>`;
}

function questionsView(product: Product, group: (key: string) => string): TemplateResult {
  return html`<section aria-labelledby="kop-vragen">
    <h2 id="kop-vragen">${texts.questions}</h2>
    <p>${texts.questionsText}</p>
    ${Object.entries(product.questions).map(
      ([key, questions]) => html`<details class="questions">
        <summary>${group(key)} <span class="count">${questions.length}</span></summary>
        <ul>
          ${questions.map((question) => html`<li>${question}</li>`)}
        </ul>
      </details>`,
    )}
  </section>`;
}
