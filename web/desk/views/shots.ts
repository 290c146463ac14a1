// Pictures that a citizen sent in a conversation: small beside the words, large in a tab of their own.

import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "../desk.js";
import type { Talk } from "../talk.js";
import { texts } from "../texts.nl.js";

const t = texts.report;

export function shotsView(desk: Desk, talk: Talk, pictures: readonly string[] | undefined): TemplateResult | typeof nothing {
  if (!pictures?.length) return nothing;
  const view = (picture: string, index: number) => {
    if (talk.gone.has(picture)) return html`<li class="shot-gone">${t.shotGone}</li>`;
    const address = `/desk/api/conversations/${encodeURIComponent(talk.id)}/pictures/${encodeURIComponent(picture)}`;
    const lost = () => (talk.gone.add(picture), desk.redraw());
    return html`<li>
      <a href=${address} target="_blank" rel="noopener"><img src=${address} loading="lazy" alt=${t.shot(index + 1, pictures.length)} @error=${lost} /></a>
    </li>`;
  };
  return html`<ul role="list" class="sent-shots">
    ${pictures.map(view)}
  </ul>`;
}
