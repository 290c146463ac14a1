// Asks under an answer whether it helped, and if not why; nobody has to say.

import { html, nothing, type TemplateResult } from "lit";
import { texts } from "../texts.js";
import type { Message } from "../wire.js";

/** `no`: it did not help, and the reason is still open. */
export type Judgement = "no" | "done";

export interface JudgementActions {
  judge(seq: number, helpful: boolean, reason?: string): void;
}

export function judgementView(message: Message, given: Judgement | undefined, actions: JudgementActions): unknown {
  if (message.author !== "bot" || !message.meta.product || !message.meta.route?.startsWith("answer")) return nothing;
  const { seq } = message;
  if (given === "done") return html`<p class="judgement" data-judge=${seq} tabindex="-1">${texts.thanks}</p>`;
  const question = given === "no" ? texts.whyNot : texts.wasHelpful;
  const buttons =
    given === "no"
      ? Object.entries(texts.reasons).map(([reason, title]) => buttonView(title, () => actions.judge(seq, false, reason)))
      : [buttonView(texts.yes, () => actions.judge(seq, true)), buttonView(texts.no, () => actions.judge(seq, false))];
  return html`<div class="judgement" data-judge=${seq} role="group" aria-label=${question} tabindex="-1">
    <span>${question}</span> ${buttons}
  </div>`;
}

function buttonView(title: string, press: () => void): TemplateResult {
  return html`<button type="button" class="button plain" @click=${press}>${title}</button>`;
}
