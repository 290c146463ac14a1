// Shows the button in the header with what one may do with the conversation as a whole.

import { html, nothing, type TemplateResult } from "lit";
import { texts } from "../texts.js";
import { moreIcon } from "./icons.js";

export interface MenuActions {
  toggleMenu(): void;
  closeMenu(event: FocusEvent): void;
  pressed(event: Event): void;
  show(page: Page): void;
  askPerson(): void;
  download(): void;
  toggleSound(): void;
  toWhatsApp(): void;
}

/** What fills the panel: the talk, or a page in its place. */
export type Page = "talk" | "info" | "mail" | "move" | "moved" | "end" | "erase" | "erased";

export interface MenuState {
  readonly menuOpen: boolean;
  readonly sound: boolean;
  readonly person: boolean;
  /** There is a conversation to keep, end or delete. */
  readonly begun: boolean;
  readonly whatsapp: boolean;
  /** Address that opens the citizen's own mail program; empty where the server sends it. */
  readonly mail: string;
}

export function menuView(state: MenuState, actions: MenuActions): TemplateResult {
  return html`<div class="menu" @focusout=${actions.closeMenu}>
    <button
      type="button"
      id="wegwijs-menu"
      class="button header-button under"
      aria-label=${texts.menu}
      aria-expanded=${state.menuOpen ? "true" : "false"}
      aria-controls="wegwijs-menu-list"
      @click=${actions.toggleMenu}
    >
      ${moreIcon}<span>${texts.menuShort}</span>
    </button>
    <ul id="wegwijs-menu-list" class="menu-list" role="list" ?hidden=${!state.menuOpen}>
      ${state.begun && state.person ? itemView(texts.askPerson, actions.askPerson) : nothing}
      ${state.begun && state.whatsapp ? itemView(texts.toWhatsApp, () => actions.show("move")) : nothing}
      ${itemView(texts.about, () => actions.show("info"))} ${state.begun ? itemView(texts.download, actions.download) : nothing}
      ${state.begun ? mailView(state, actions) : nothing}
      <li>
        <button type="button" class="button item" aria-pressed=${state.sound ? "true" : "false"} @click=${actions.toggleSound}>
          ${texts.sound}<span aria-hidden="true">${state.sound ? texts.on : texts.off}</span>
        </button>
      </li>
      ${state.begun ? itemView(texts.end, () => actions.show("end")) : nothing}
      ${state.begun ? itemView(texts.erase, () => actions.show("erase")) : nothing}
    </ul>
  </div>`;
}

function mailView(state: MenuState, actions: MenuActions): TemplateResult {
  if (state.mail === "") return itemView(texts.mail, () => actions.show("mail"));
  return html`<li><a class="button item" href=${state.mail}>${texts.mail}</a></li>`;
}

function itemView(title: string, press: () => void): TemplateResult {
  return html`<li><button type="button" class="button item" @click=${press}>${title}</button></li>`;
}
