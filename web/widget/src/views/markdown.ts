// Shows parsed Markdown as DOM nodes; text stays text because Lit sets it as such.

import { html, nothing, type TemplateResult } from "lit";
import { parseMarkdown, type Block, type Inline } from "../markdown.js";
import { texts } from "../texts.js";

export function markdownView(source: string): TemplateResult[] {
  return parseMarkdown(source).map(blockView);
}

/** A web address leaves the chat in a new tab; telephone and mail open their own program. */
export function linkView(href: string, content: unknown): TemplateResult {
  if (!/^https?:/i.test(href)) return html`<a href=${href}>${content}</a>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer"
    >${content}<span class="sr"> (${texts.opensInNewTab})</span></a
  >`;
}

function blockView(block: Block): TemplateResult {
  if (block.kind === "paragraph") return html`<p>${block.parts.map(inlineView)}</p>`;
  const items = block.items.map((item) => html`<li>${item.map(inlineView)}</li>`);
  if (!block.ordered) return html`<ul>${items}</ul>`;
  return html`<ol start=${block.start === 1 ? nothing : block.start}>${items}</ol>`;
}

function inlineView(part: Inline): unknown {
  switch (part.kind) {
    case "text":
      return part.text;
    case "break":
      return html`<br />`;
    case "bold":
      return html`<strong>${part.parts.map(inlineView)}</strong>`;
    case "link":
      return linkView(part.href, part.parts.map(inlineView));
  }
}
