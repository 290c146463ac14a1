// Shows the pages that take the place of the talk: about this chat and privacy, and the questions before ending or deleting.

import { html, nothing, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { clockTime } from "../dates.js";
import { safeHref } from "../markdown.js";
import type { Settings } from "../settings.js";
import type { Move } from "../http.js";
import { foreign, locale, texts } from "../texts.js";
import { linkView, markdownView } from "./markdown.js";
import type { Page } from "./menu.js";

export interface PageActions {
  show(page: Page): void;
  keep(keep: boolean): void;
  toWhatsApp(): void;
  sendMail(email: string): void;
  end(): void;
  erase(): void;
  restart(): void;
}

export interface PageState {
  readonly settings: Settings;
  readonly keeps: boolean;
  /** Why ending or deleting did not work, or empty. */
  readonly problem: string;
  readonly busy: boolean;
  readonly move: Move | null;
}

export function pageView(page: Exclude<Page, "talk">, state: PageState, actions: PageActions): TemplateResult {
  return html`<div class="page" tabindex="0" role="group" aria-labelledby="wegwijs-page">
      <h3 id="wegwijs-page" tabindex="-1">${texts.pages[page]}</h3>
      ${contentView(page, state, actions)}
    </div>
    ${page === "info" ? html`<div class="closed">${backView(actions)}</div>` : nothing}`;
}

function contentView(page: Exclude<Page, "talk">, state: PageState, actions: PageActions): TemplateResult {
  if (page === "info") return infoView(state, actions);
  if (page === "erased") return overView(texts.erasedText, actions);
  if (page === "moved") return overView(texts.movedText, actions);
  if (page === "mail") return mailView(state, actions);
  return page === "move" ? moveView(state, actions) : questionView(page, state, actions);
}

/** First why and how; the code is made only when the citizen wants it, because it does not last. */
function moveView(state: PageState, actions: PageActions): TemplateResult {
  const { move } = state;
  const link = move && safeHref(move.link);
  return html`<p>${texts.moveText}</p>
    ${problemView(state)}
    ${move && link
      ? html`<p>${linkView(link, texts.openWhatsApp)}</p>
          <p>${texts.moveByHand(move.phone)}</p>
          <p class="code">${move.code}</p>
          <p class="hint">${texts.moveUntil(clockTime(move.until, locale))}</p>`
      : nothing}
    <div class="actions">
      <button type="button" class="button ${move ? "secondary" : "primary"}" aria-disabled=${state.busy ? "true" : nothing} @click=${actions.toWhatsApp}>
        ${move ? texts.newCode : texts.giveCode}
      </button>
      ${backView(actions)}
    </div>`;
}

function mailView(state: PageState, actions: PageActions): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem("email") as HTMLInputElement;
    actions.sendMail(field.value.trim());
  };
  return html`<p>${texts.mailText}</p>
    ${problemView(state)}
    <form class="mail-form" @submit=${submit}>
      <label for="wegwijs-mail">${texts.asked.email}</label>
      <input id="wegwijs-mail" type="email" name="email" required maxlength="254" autocomplete="email" enterkeyhint="send" aria-describedby=${state.problem ? "wegwijs-problem" : nothing} />
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled=${state.busy ? "true" : nothing}>${texts.sendMail}</button>
        ${backView(actions)}
      </div>
    </form>`;
}

function infoView({ settings, keeps }: PageState, actions: PageActions): TemplateResult {
  const link = safeHref(settings.privacyUrl);
  return html`<p>${texts.intro}</p>
    ${settings.openingHours ? html`<h4>${texts.openingHours}</h4><p>${settings.openingHours}</p>` : nothing}
    <h4>${texts.privacy}</h4>
    ${settings.privacyText
      ? html`<div class="own-words" lang=${ifDefined(foreign(settings.privacyLanguage))}>${markdownView(settings.privacyText)}</div>`
      : html`<p>${texts.privacyText}</p>`}
    ${settings.keepDays ? html`<p>${texts.keepDays(settings.keepDays)}</p>` : nothing}
    <p>${texts.noCookies}</p>
    ${link ? html`<p>${linkView(link, texts.privacyLink)}</p>` : nothing}
    <label class="check">
      <input type="checkbox" .checked=${keeps} @change=${(event: Event) => actions.keep((event.target as HTMLInputElement).checked)} />
      <span>${texts.keep}</span>
    </label>
    <p class="hint">${texts.keepHint}</p>`;
}

function questionView(page: "end" | "erase", state: PageState, actions: PageActions): TemplateResult {
  return html`<p>${page === "end" ? texts.endText : texts.eraseText}</p>
    ${problemView(state)}
    <div class="actions">
      <button type="button" class="button primary" aria-disabled=${state.busy ? "true" : nothing} @click=${page === "end" ? actions.end : actions.erase}>
        ${page === "end" ? texts.end : texts.erase}
      </button>
      ${backView(actions)}
    </div>`;
}

function problemView(state: PageState): unknown {
  return state.problem ? html`<p id="wegwijs-problem" class="problem" role="alert">${state.problem}</p>` : nothing;
}

function overView(text: string, actions: PageActions): TemplateResult {
  return html`<p>${text}</p>
    <button type="button" class="button primary" @click=${actions.restart}>${texts.newConversation}</button>`;
}

function backView(actions: PageActions): TemplateResult {
  return html`<button type="button" class="button secondary" @click=${() => actions.show("talk")}>${texts.back}</button>`;
}
