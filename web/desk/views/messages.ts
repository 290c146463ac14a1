// The messages of a conversation: citizen, bot, agent and notices differ in place, edge and name, never by colour alone.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { markdownView } from "../../widget/src/views/markdown.js";
import { clockTime, dayName, isoDay } from "../dates.js";
import type { Desk } from "../desk.js";
import type { Message } from "../shapes.js";
import type { Sending, Talk } from "../talk.js";
import { texts } from "../texts.nl.js";
import { shotsView } from "./shots.js";

export function logView(desk: Desk, talk: Talk): TemplateResult {
  const lines = talk.messages.flatMap((message, at) => {
    const before = talk.messages[at - 1];
    const day = !before || isoDay(before.at) !== isoDay(message.at);
    return [...(day ? [{ key: `dag-${isoDay(message.at)}`, view: dayView(message.at, desk.now) }] : []), { key: `m${message.seq}`, view: messageView(desk, talk, message) }];
  });
  // The announcements of the page speak (desk.say): were this region live too, everything would be heard twice.
  return html`<div class="log" role="log" data-talk=${talk.id} aria-label=${texts.conversation.log} aria-live="off" tabindex="0"><ol>
    ${repeat(
      lines,
      ({ key }) => key,
      ({ view }) => view,
    )}
    ${talk.sending.map((item) => sendingView(desk, talk, item))}
    ${talk.citizenTypes ? html`<li class="types">${texts.conversation.types}</li>` : nothing}
    ${talk.problem ? html`<li class="types">${talk.problem}</li>` : nothing}
  </ol></div>`;
}

function dayView(at: string, now: number): TemplateResult {
  return html`<li class="day"><span>${dayName(at, now)}</span></li>`;
}

function messageView(desk: Desk, talk: Talk, message: Message): TemplateResult {
  const state = stateOf(talk, message);
  return html`<li class="message ${message.author}" data-seq=${message.seq}>
    <p class="author"><span class="name">${nameOf(message)}</span> <time datetime=${message.at}>${clockTime(message.at)}</time></p>
    <div class="bubble">${message.author === "citizen" ? html`<p class="typed">${message.text}</p>` : markdownView(message.text)}</div>
    ${shotsView(desk, talk, message.meta?.pictures)} ${choicesView(message)} ${state ? html`<p class="state ${state === texts.delivery.failed ? "failed" : ""}">${state}</p>` : nothing}
  </li>`;
}

/** How it stands with what was sent: as the channel tells, or else as the citizen's own page does. */
function stateOf(talk: Talk, message: Message): string | undefined {
  if (message.author !== "agent" && message.author !== "bot") return undefined;
  const told = talk.deliveries[message.id];
  if (told || message.author === "bot") return texts.delivery[told ?? ""];
  return texts.delivery[(talk.row?.seen ?? 0) >= message.seq ? "read" : "sent"];
}

/** Of an agent the name too, so that after a forward it is clear who said what. */
function nameOf(message: Message): string {
  const { agent } = message.meta ?? {};
  return message.author === "agent" && agent ? `${agent}, ${texts.author.agent.toLowerCase()}` : texts.author[message.author];
}

function choicesView(message: Message): TemplateResult | typeof nothing {
  if (!message.choices?.length) return nothing;
  return html`<p class="offered"><span class="sr">${texts.conversation.offered}: </span>${message.choices.map(({ title }) => html`<span class="choice">${title}</span> `)}</p>`;
}

function sendingView(desk: Desk, talk: Talk, item: Sending): TemplateResult {
  return html`<li class="message agent pending">
    <p class="author"><span class="name">${texts.author.agent}</span></p>
    <div class="bubble">${markdownView(item.text)}</div>
    ${item.problem === undefined
      ? html`<p class="state">${texts.conversation.sending}</p>`
      : html`<div class="state failed">
          <p role="alert">${texts.conversation.notSent} ${item.problem}</p>
          <button type="button" class="quiet" @click=${() => void desk.acts.retry(talk, item.key)}>${texts.conversation.retry}</button>
          <button type="button" class="quiet" @click=${() => desk.acts.edit(talk, item.key)}>${texts.conversation.edit}</button>
        </div>`}
  </li>`;
}
