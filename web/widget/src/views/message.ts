// Shows one message: who says it, what, with which choices, from which source; and one that is still on its way.

import { html, nothing, type TemplateResult } from "lit";
import { clockTime, longDate } from "../dates.js";
import { safeHref } from "../markdown.js";
import { DUTCH, foreign, locale, texts } from "../texts.js";
import type { Pending } from "../transcript.js";
import type { Choice, Message } from "../wire.js";
import { choicesView } from "./choices.js";
import { warningIcon } from "./icons.js";
import { judgementView, type JudgementActions } from "./judgement.js";
import { linkView, markdownView } from "./markdown.js";

/** What a message looks like now, besides what it says. */
export interface MessageState {
  readonly open: boolean;
  /** Name of the agent who said it, or empty. */
  readonly agent: string;
}

export interface MessageActions extends JudgementActions {
  choose(choice: Choice, asked: Message): void;
  retry(id: string): void;
  edit(id: string, text: string): void;
}

export function messageView(message: Message, state: MessageState, actions: MessageActions): TemplateResult {
  const lang = foreign(message.meta.language ?? DUTCH);
  return html`<li class="message ${message.author}" data-seq=${message.seq} tabindex="-1">
    ${authorView(message, state.agent)}
    <div class="bubble" dir="auto">${saidView(message, lang)} ${sourceView(message)}</div>
    ${choicesView(message.choices, state.open, lang, (choice) => actions.choose(choice, message))} ${judgementView(message, actions)}
  </li>`;
}

export function pendingView(pending: Pending, offline: boolean, actions: MessageActions): TemplateResult {
  return html`<li class="message citizen pending ${pending.status}" data-client-id=${pending.message.id}>
    <p class="sr">${texts.author.citizen}:</p>
    <div class="bubble">${plainView(pending.label)}</div>
    ${pending.status === "failed" ? failureView(pending, actions) : progressView(pending, offline)}
  </li>`;
}

function authorView(message: Message, agent: string): TemplateResult {
  const time = clockTime(message.at, locale);
  const shownTime = time === "" ? nothing : html`<time datetime=${message.at}>${time}</time>`;
  if (message.author === "citizen") return html`<p class="author"><span class="sr">${texts.author.citizen}:</span> ${shownTime}</p>`;
  const role = message.author === "system" ? nothing : html`<span class="role">${texts.authorRole[message.author]}</span>`;
  return html`<p class="author"><span class="name">${(message.author === "agent" && agent) || texts.author[message.author]}</span> ${role} ${shownTime}</p>`;
}

/** In whatever language a citizen types, nobody knows it for sure; what the bot and the municipality say has one. */
function saidView(message: Message, lang: string | undefined): unknown {
  if (message.author === "citizen") return plainView(message.text);
  const said = markdownView(message.text);
  return lang === undefined ? said : html`<div class="bubble-text" lang=${lang}>${said}</div>`;
}

/** A citizen's text is never read as Markdown: what was typed is what is shown. */
function plainView(text: string): TemplateResult {
  return html`<p class="typed">${text}</p>`;
}

function sourceView(message: Message): unknown {
  const { source, checked_on: checkedOn } = message.meta;
  const href = source === undefined ? null : safeHref(source);
  const date = checkedOn === undefined ? "" : longDate(checkedOn, locale);
  if (href === null && date === "") return nothing;
  const link = href === null ? nothing : html`${texts.source}: ${linkView(href, new URL(href).hostname.replace(/^www\./, ""))}`;
  const checked = date === "" ? nothing : html`<span>${href === null ? "" : " · "}${texts.checkedOn(date)}</span>`;
  return html`<p class="source">${link}${checked}</p>`;
}

function progressView(pending: Pending, offline: boolean): unknown {
  if (pending.status === "stored") return nothing;
  return html`<p class="progress">${offline ? texts.notSentYet : texts.sending}</p>`;
}

function failureView(pending: Pending, actions: MessageActions): TemplateResult {
  const { id, text } = pending.message;
  const retry = html`<button type="button" class="button small" @click=${() => actions.retry(id)}>${texts.retry}</button>`;
  const edit = html`<button type="button" class="button small" @click=${() => actions.edit(id, text ?? "")}>${texts.edit}</button>`;
  return html`<div class="failure">
    <p>${warningIcon} <span>${texts.notSent} ${pending.problem}</span></p>
    <div class="actions">${pending.retryable ? retry : nothing} ${text === undefined ? nothing : edit}</div>
  </div>`;
}
