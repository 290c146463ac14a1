// Asks under an answer whether it helped, and if not why; nobody has to say, and who presses again changes it.

import { html, nothing, type TemplateResult } from "lit";
import { texts } from "../texts.js";
import type { Judgement, Message } from "../wire.js";

export interface JudgementActions {
  judge(seq: number, judgement: Judgement): void;
}

export function judgementView({ author, meta, seq, judgement }: Message, actions: JudgementActions): unknown {
  if (author !== "bot" || !meta.product || !meta.route?.startsWith("answer")) return nothing;
  const { helpful, reason } = judgement ?? {};
  const button = (title: string, given: Judgement, pressed: boolean) => buttonView(title, pressed, () => actions.judge(seq, given));
  const reasons = Object.entries(texts.reasons).map(([key, title]) => button(title, { helpful: false, reason: key }, key === reason));
  return html`${groupView(texts.wasHelpful, [
    button(texts.yes, { helpful: true }, helpful === true),
    button(texts.no, { helpful: false }, helpful === false),
  ])}
  ${helpful === false ? groupView(texts.whyNot, reasons) : nothing} ${helpful || reason ? html`<p class="judgement">${texts.thanks}</p>` : nothing}`;
}

function groupView(question: string, buttons: readonly TemplateResult[]): TemplateResult {
  return html`<div class="judgement" role="group" aria-label=${question}><span>${question}</span> ${buttons}</div>`;
}

function buttonView(title: string, pressed: boolean, press: () => void): TemplateResult {
  return html`<button type="button" class="button plain" aria-pressed=${pressed ? "true" : "false"} @click=${press}>${title}</button>`;
}
