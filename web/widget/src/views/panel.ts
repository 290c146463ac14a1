// Shows the open chat: header, messages, notices and the composer, or the municipality picker before a conversation.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Session } from "../session.js";
import { texts } from "../texts.nl.js";
import type { Message, Municipality } from "../wire.js";
import { composerView, type ComposerActions } from "./composer.js";
import { downIcon, warningIcon } from "./icons.js";
import { messageView, pendingView, type MessageActions } from "./message.js";

export interface PanelActions extends MessageActions, ComposerActions {
  minimise(): void;
  restart(): void;
  pick(municipality: string | null): void;
  keydown(event: KeyboardEvent): void;
}

export interface PanelState {
  readonly open: boolean;
  /** The panel covers the whole screen, so it is a dialog that keeps the focus. */
  readonly covers: boolean;
  readonly title: string;
  readonly draft: string;
}

export function panelView(session: Session, state: PanelState, actions: PanelActions): TemplateResult {
  return html`<section
    id="wegwijs-panel"
    class="panel ${state.covers ? "covers" : ""}"
    role=${state.covers ? "dialog" : "region"}
    aria-modal=${state.covers ? "true" : nothing}
    aria-labelledby="wegwijs-title"
    ?hidden=${!state.open}
    @keydown=${actions.keydown}
  >
    ${headerView(session, state, actions)}
    <div class="log" role="log" aria-live="off" aria-label=${texts.log} tabindex="0">
      <p class="intro">${texts.intro}</p>
      ${session.restarted ? html`<p class="intro">${texts.restarted}</p>` : nothing} ${messagesView(session, actions)} ${typingView(session)}
      ${session.phase === "choosing" ? pickerView(session.municipalities, actions) : nothing}
    </div>
    ${noticeView(session)} ${footerView(session, state, actions)}
  </section>`;
}

function headerView(session: Session, state: PanelState, actions: PanelActions): TemplateResult {
  const who = session.transcript.owner === "bot" ? texts.assistant : texts.owner[session.transcript.owner];
  return html`<div class="header">
    <div>
      <h2 id="wegwijs-title" tabindex="-1">${state.title}</h2>
      <p class="who">${who}</p>
    </div>
    <button type="button" class="button header-button" @click=${actions.minimise}>
      ${downIcon}<span class="sr">${texts.minimise}</span>
    </button>
  </div>`;
}

function messagesView(session: Session, actions: PanelActions): unknown {
  const { messages, pending, openChoicesSeq } = session.transcript;
  if (messages.length + pending.length === 0) return nothing;
  const offline = session.status === "offline";
  return html`<ol class="messages" role="list">
    ${repeat(messages, keyOf, (message) => messageView(message, message.seq === openChoicesSeq, actions))}
    ${repeat(
      pending,
      (item) => item.message.id,
      (item) => pendingView(item, offline, actions),
    )}
  </ol>`;
}

function keyOf(message: Message): number {
  return message.seq;
}

function typingView(session: Session): unknown {
  const { typing, owner } = session.transcript;
  if (!typing || owner === "closed") return nothing;
  return html`<p class="typing">
    <span class="dots" aria-hidden="true"><span></span><span></span><span></span></span>
    ${owner === "bot" ? texts.botTyping : texts.agentTyping}
  </p>`;
}

function pickerView(municipalities: readonly Municipality[], actions: PanelActions): TemplateResult {
  return html`<div class="picker" role="group" aria-labelledby="wegwijs-pick">
    <p id="wegwijs-pick">${texts.pickMunicipality}</p>
    <ul class="choices" role="list">
      ${municipalities.map(
        ({ id, name }) => html`<li><button type="button" class="button secondary" @click=${() => actions.pick(id)}>${name}</button></li>`,
      )}
      <li><button type="button" class="button secondary" @click=${() => actions.pick(null)}>${texts.otherMunicipality}</button></li>
    </ul>
  </div>`;
}

function noticeView(session: Session): unknown {
  if (session.status === "offline") {
    return html`<p class="notice">${warningIcon}<span>${session.problem || texts.offline}</span></p>`;
  }
  return session.phase === "starting" ? html`<p class="notice quiet">${texts.connecting}</p>` : nothing;
}

function footerView(session: Session, state: PanelState, actions: PanelActions): unknown {
  if (session.phase === "choosing") return nothing;
  if (session.transcript.owner !== "closed") return composerView(state.draft, actions);
  return html`<div class="closed">
    <p>${texts.closed}</p>
    <button type="button" class="button primary" @click=${actions.restart}>${texts.newConversation}</button>
  </div>`;
}
