// Draws the way in: the municipalities, and the products by theme or as found.

import { html, nothing, type TemplateResult } from "lit";
import { writeAddress, type Address } from "../address.js";
import type { Named, ProductSummary } from "../api.js";
import { texts } from "../texts.nl.js";

export function municipalitiesView(all: readonly Named[], address: Address): TemplateResult {
  const choices = [...all.map(({ id, name }) => ({ id, name }) as { id: string | null; name: string }), { id: null, name: texts.nationwide }];
  return html`<ul>
    ${choices.map(
      ({ id, name }) => html`<li>
        <a href=${writeAddress({ ...address, municipality: id })} data-inside aria-current=${id === address.municipality ? "true" : nothing}>${name}</a>
      </li>`,
    )}
  </ul>`;
}

export function foundView(products: readonly ProductSummary[], address: Address): TemplateResult {
  return html`<ul class="found" role="list">
    ${products.map((product) => html`<li>${linkTo(product, address)} <span class="aside">${product.theme.name}</span></li>`)}
  </ul>`;
}

export function themesView(themes: readonly Named[], products: readonly ProductSummary[], address: Address): TemplateResult {
  const current = products.find(({ id }) => id === address.product)?.theme.id;
  return html`${themes.map((theme) => {
    const mine = products.filter((product) => product.theme.id === theme.id);
    if (mine.length === 0) return nothing;
    return html`<details class="theme" ?open=${theme.id === current}>
      <summary>${theme.name} <span class="count">${mine.length}</span></summary>
      <ul role="list">
        ${mine.map((product) => html`<li>${linkTo(product, address)}</li>`)}
      </ul>
    </details>`;
  })}`;
}

function linkTo(product: ProductSummary, address: Address): TemplateResult {
  const here = product.id === address.product;
  return html`<a href=${writeAddress({ ...address, product: product.id })} data-inside aria-current=${here ? "page" : nothing}>${product.name}</a>`;
}
