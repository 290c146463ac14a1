// Small pieces that more than one view draws.

import { html, nothing, type TemplateResult } from "lit";
import { safeHref } from "../../widget/src/markdown.js";
import { longDate } from "../../widget/src/dates.js";
import { linkView } from "../../widget/src/views/markdown.js";
import type { Source } from "../api.js";
import { texts } from "../texts.nl.js";

export function outsideLink(url: string, title: string): TemplateResult {
  const href = safeHref(url);
  return href === null ? html`${title}` : linkView(href, title);
}

/** "Bron: title, gecontroleerd op 22 november 2026". */
export function sourceView(source: Source): TemplateResult {
  const checked = source.checked_on ? html`, ${texts.checkedOn(longDate(source.checked_on))}` : nothing;
  const until = source.valid_until ? html`, ${texts.validUntil(longDate(source.valid_until))}` : nothing;
  return html`${outsideLink(source.url, source.title)}${checked}${until}`;
}

/** What was made up says so in words, not by colour alone. */
export function exampleView(text: string, content: unknown = nothing): TemplateResult {
  return html`<div class="example">
    <p><strong class="tag">${texts.example}</strong> ${text}</p>
    ${content}
  </div>`;
}

export function fact(name: string, value: unknown): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
