// Shows the button that opens the chat, with the number of unread messages.

import { html, nothing, type TemplateResult } from "lit";
import { texts } from "../texts.js";
import { chatIcon } from "./icons.js";

export function launcherView(hidden: boolean, unread: number, open: () => void): TemplateResult {
  const badge = html`<span class="badge"
    ><span aria-hidden="true">${unread > 9 ? "9+" : unread}</span><span class="sr">(${texts.launcherUnread(unread)})</span></span
  >`;
  return html`<button type="button" class="button primary launcher" ?hidden=${hidden} @click=${open}>
    ${chatIcon}<span>${texts.launcher}</span>${unread > 0 ? badge : nothing}
  </button>`;
}
