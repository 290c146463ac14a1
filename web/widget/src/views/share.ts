// Shows the button with which a picture or a place is shared, where the bot asks for one.

import { html, nothing, type TemplateResult } from "lit";
import { canLocate } from "../place.js";
import type { ShareActions } from "../sharing.js";
import { texts } from "../texts.js";
import type { Share } from "../wire.js";
import { pictureIcon, placeIcon } from "./icons.js";

/** What stands on the button; empty where there is none. */
export function shareLabel(share: Share | undefined): string {
  if (share === "place") return canLocate() ? texts.sharePlace : "";
  return share === "picture" ? texts.addPicture : "";
}

/** While `busy` the button stays, so that the focus does. */
export function shareView(share: Share, busy: boolean, actions: ShareActions): TemplateResult | typeof nothing {
  const label = shareLabel(share);
  if (label === "") return nothing;
  if (share === "place") return rowView(busy ? texts.findingPlace : label, texts.placeHint, placeIcon, busy, actions.sharePlace);
  const chosen = (event: Event) => {
    const field = event.target as HTMLInputElement;
    actions.sharePictures([...(field.files ?? [])]);
    field.value = ""; // so that the same picture can be chosen again
  };
  const field = html`<input type="file" accept="image/*" hidden @change=${chosen} />`;
  const press = (event: Event) => ((event.currentTarget as Element).nextElementSibling as HTMLInputElement).click();
  return rowView(busy ? texts.sendingPicture : label, "", pictureIcon, busy, press, field);
}

function rowView(label: string, hint: string, icon: TemplateResult, busy: boolean, press: (event: Event) => void, field: unknown = nothing): TemplateResult {
  return html`<div class="share">
    <button type="button" class="button secondary" aria-disabled=${busy ? "true" : nothing} aria-describedby=${hint ? "wegwijs-share" : nothing} @click=${busy ? nothing : press}>${icon}<span>${label}</span></button>${field}
    ${hint ? html`<p id="wegwijs-share" class="share-hint">${hint}</p>` : nothing}
  </div>`;
}
