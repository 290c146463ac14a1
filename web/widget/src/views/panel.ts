// Shows the open chat: header, messages, notices and the composer, or the municipality picker before a conversation.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { holdsFile } from "../files.js";
import type { Session } from "../session.js";
import type { Settings } from "../settings.js";
import { texts } from "../texts.js";
import type { Message, Municipality, Share } from "../wire.js";
import { composerView, type ComposerActions } from "./composer.js";
import { dayPickerView } from "./day-picker.js";
import { downIcon, warningIcon } from "./icons.js";
import { menuView, type MenuActions, type MenuState, type Page } from "./menu.js";
import { messageView, pendingView, type MessageActions } from "./message.js";
import { shareView } from "./share.js";
import type { ShareActions } from "../sharing.js";
import { pageView, type PageActions, type PageState } from "./pages.js";

export interface FileActions {
  paste(event: ClipboardEvent): void;
  drop(event: DragEvent): void;
}

export interface PanelActions extends MessageActions, ComposerActions, MenuActions, PageActions, FileActions, ShareActions {
  minimise(): void;
  scrolled(): void;
  toMissed(): void;
  pick(municipality: string | null): void;
  day(text: string): void;
  keydown(event: KeyboardEvent): void;
}

export interface PanelState extends MenuState, PageState {
  readonly open: boolean;
  /** The panel covers the whole screen, so it is a dialog that keeps the focus. */
  readonly covers: boolean;
  readonly title: string;
  readonly draft: string;
  /** The first message that came while the citizen was reading back, by seq. */
  readonly missed: number | null;
  readonly page: Page;
  /** What to do instead of sending a file, or empty. */
  readonly note: string;
  /** What is on its way now. */
  readonly sharing: Share | null;
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
    @click=${actions.pressed}
    @paste=${actions.paste}
    @scroll=${actions.scrolled}
    @dragover=${holdsFile}
    @drop=${actions.drop}
  >
    ${headerView(session, state, actions)}
    ${state.page === "talk" ? nothing : pageView(state.page, state, actions)}
    <div class="log" role="log" aria-live="off" aria-label=${texts.log} tabindex="0" ?inert=${state.menuOpen} ?hidden=${state.page !== "talk"} @scroll=${actions.scrolled}>
      ${introView(state.settings, actions)}
      ${session.restarted ? html`<p class="intro">${texts.restarted}</p>` : nothing} ${messagesView(session, actions)} ${typingView(session)}
      ${session.phase === "choosing" ? pickerView(session.municipalities, actions) : nothing}
    </div>
    ${state.page === "talk" ? html`${missedView(session, state.missed, actions)} ${noticeView(session)} ${noteView(state)} ${footerView(session, state, actions)}` : nothing}
  </section>`;
}

/** At the start of every talk: that this is a computer, and what is one tap away. */
function introView(settings: Settings, actions: PanelActions): TemplateResult {
  return html`<div class="intro">
    ${settings.welcome ? html`<p>${settings.welcome}</p>` : nothing}
    <p>${texts.intro}</p>
    <button type="button" class="button plain" @click=${() => actions.show("info")}>${texts.about}</button>
  </div>`;
}

function headerView(session: Session, state: PanelState, actions: PanelActions): TemplateResult {
  const { owner, agent } = session.transcript;
  const who = agent ? texts.agentIs(agent) : owner === "bot" ? texts.assistant : texts.owner[owner];
  return html`<div class="header">
    ${state.settings.avatar ? html`<img class="avatar" src=${state.settings.avatar} alt="" referrerpolicy="no-referrer" />` : nothing}
    <div class="names">
      <h2 id="wegwijs-title" tabindex="-1">${state.title}</h2>
      <p class="who">${who}</p>
    </div>
    <div class="tools">
      ${menuView(state, actions)}
      <button type="button" class="button header-button under" aria-label=${texts.minimise} @click=${actions.minimise}>
        ${downIcon}<span>${texts.minimiseShort}</span>
      </button>
    </div>
  </div>`;
}

function messagesView(session: Session, actions: PanelActions): unknown {
  const { transcript } = session;
  const { messages, pending } = transcript;
  if (messages.length + pending.length === 0) return nothing;
  const offline = session.status === "offline";
  return html`<ol class="messages" role="list">
    ${repeat(messages, keyOf, (message) => {
      const agent = message.author === "agent" ? transcript.agentAt(message.seq) : "";
      return messageView(message, { open: message.choices.length > 0 && transcript.isOpen(message), agent }, actions);
    })}
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

function missedView(session: Session, missed: number | null, actions: PanelActions): unknown {
  if (missed === null) return nothing;
  const count = session.transcript.messages.filter(({ author, seq }) => author !== "citizen" && seq >= missed).length;
  return html`<div class="missed"><button type="button" class="button primary" @click=${actions.toMissed}>${downIcon}<span>${texts.launcherUnread(count)}</span></button></div>`;
}

function noticeView(session: Session): unknown {
  if (session.status === "offline") {
    return html`<p class="notice">${warningIcon}<span>${session.problem || texts.offline}</span></p>`;
  }
  const { waiting, owner } = session.transcript;
  if (owner === "queued" && waiting) {
    const minutes = waiting.minutes === null ? "" : texts.waitingMinutes(waiting.minutes);
    return html`<p class="notice quiet"><span>${texts.waiting(waiting.place)} ${minutes}</span></p>`;
  }
  return session.phase === "starting" ? html`<p class="notice quiet">${texts.connecting}</p>` : nothing;
}

function noteView(state: PanelState): unknown {
  return state.note === "" ? nothing : html`<p class="notice note">${warningIcon}<span>${state.note}</span></p>`;
}

function footerView(session: Session, state: PanelState, actions: PanelActions): unknown {
  if (session.phase === "choosing") return nothing;
  const { owner, wanted, days, share } = session.transcript;
  const shown = state.sharing ?? share;
  const beside = days ? dayPickerView(days, actions.day) : shown ? shareView(shown, state.sharing !== null, actions) : nothing;
  return html`${owner === "closed" ? closedView(actions) : beside} ${composerView(state.draft, wanted, actions)}`;
}

/** Who still has a question just types it: then the bot goes on. */
function closedView(actions: PanelActions): TemplateResult {
  return html`<div class="closed">
    <div class="actions">
      <button type="button" class="button secondary" @click=${actions.restart}>${texts.newConversation}</button>
      <button type="button" class="button secondary" @click=${actions.download}>${texts.download}</button>
    </div>
  </div>`;
}
