// The open conversations, side by side as tabs above the one in view.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Desk } from "../desk.js";
import { texts } from "../texts.nl.js";
import { subjectOf } from "./parts.js";

export function tabsView(desk: Desk): TemplateResult | typeof nothing {
  if (desk.talks.tabs.length === 0) return nothing;
  return html`<nav class="tabs" aria-label=${texts.tabs.label}>
    <ul role="list">
      ${repeat(
        desk.talks.tabs,
        (id) => id,
        (id, at) => tabView(desk, id, at),
      )}
    </ul>
    ${columnsView(desk)}
  </nav>`;
}

/** How many next to each other; only where there is room and something to show there. */
function columnsView(desk: Desk): TemplateResult | typeof nothing {
  const most = Math.min(desk.talks.fits, desk.talks.tabs.length);
  if (most < 2 || desk.view.name !== "talk") return nothing;
  const t = texts.beside;
  return html`<div class="beside-choice" role="group" aria-label=${t.label}>
    ${Array.from({ length: most }, (_, at) => at + 1).map(
      (count) => html`<button type="button" class="quiet" aria-pressed=${desk.talks.columns === count ? "true" : "false"} aria-label=${t.count(count)} title=${t.count(count)} @click=${() => desk.talks.arrange(count)}>
        <span class="columns-icon" aria-hidden="true">${Array.from({ length: count }, () => html`<i></i>`)}</span>
      </button>`,
    )}
  </div>`;
}

function tabView(desk: Desk, id: string, at: number): TemplateResult {
  const row = desk.rowOf(id);
  const talk = desk.talks.get(id);
  const here = desk.view.name === "talk" && desk.view.id === id;
  const mine = desk.board.mine.find((one) => one.id === id);
  const name = talk?.summary?.name ?? subjectOf(row);
  const unread = mine?.unread ?? 0;
  return html`<li class=${here ? "here" : ""}>
    <button type="button" class="tab" aria-current=${here ? "true" : nothing} @click=${() => desk.open(id)}>
      <span class="number" aria-hidden="true">${at < 9 ? at + 1 : ""}</span><span class="tab-name">${name}</span>
      ${unread > 0 ? html`<span class="badge"><span aria-hidden="true">${unread}</span><span class="sr">${texts.unread(unread)}</span></span>` : nothing}
      ${talk?.citizenTypes && !here ? html`<span class="aside"><span aria-hidden="true">…</span><span class="sr">${texts.conversation.typing}</span></span>` : nothing}
    </button>
    ${mine ? nothing : html`<button type="button" class="tab-close" aria-label=${texts.tabs.close(name)} @click=${() => desk.talks.close(id)}><span aria-hidden="true">×</span></button>`}
  </li>`;
}
