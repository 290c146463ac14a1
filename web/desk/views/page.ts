// The whole page: signed out, or header, lists and what is in view.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Desk } from "../desk.js";
import { texts } from "../texts.nl.js";
import { accountsView } from "./accounts.js";
import { appointmentsView } from "./appointments.js";
import { conversationView } from "./conversation.js";
import { dialogView } from "./dialogs.js";
import { factsView } from "./facts.js";
import { headerView } from "./header.js";
import { promisesView } from "./promises.js";
import { railView } from "./rail.js";
import { reportView } from "./report.js";
import { reportsView } from "./reports.js";
import { settingsView } from "./settings.js";
import { signInView } from "./sign-in.js";
import { startView } from "./start.js";
import { allView, sampleView, searchView } from "./tables.js";
import { tabsView } from "./tabs.js";
import { teamView } from "./team.js";

export function pageView(desk: Desk): TemplateResult {
  if (desk.phase === "loading") return html`<main class="alone"><p role="status">${texts.loading}</p></main>`;
  if (desk.phase === "out") return signInView(desk);
  return html`
    <a class="skip" href="#inhoud">${texts.skip}</a>
    ${headerView(desk)}
    ${desk.me?.totp_wanted ? html`<main class="desk only-main"><div class="content" id="inhoud" tabindex="-1">${alertView(desk)}${settingsView(desk)}</div></main>` : deskView(desk)}
    ${dialogView(desk)}
    <div class="sr" role="log" aria-live="polite" aria-label=${texts.author.system}>
      ${repeat(
        desk.said,
        ({ id }) => id,
        ({ text }) => html`<p>${text}</p>`,
      )}
    </div>
  `;
}

function deskView(desk: Desk): TemplateResult {
  const facts = desk.talk !== null && desk.preferences.facts;
  return html`
    ${panesView(desk)}
    <main class="desk show-${desk.pane} ${facts ? "with-facts" : ""} ${desk.talk && desk.talks.shown.length > 1 ? "narrow-sides" : ""}">
      ${railView(desk)}
      <div class="content" id="inhoud" tabindex="-1">${tabsView(desk)} ${lineView(desk)} ${alertView(desk)} ${doneView(desk)} ${contentView(desk)}</div>
      ${desk.talk ? factsView(desk, desk.talk) : nothing}
    </main>
  `;
}

/** On a narrow screen one of the columns shows at a time. */
function panesView(desk: Desk): TemplateResult {
  const panes = desk.talk ? (["list", "main", "facts"] as const) : (["list", "main"] as const);
  return html`<nav class="panes" aria-label=${texts.panes.label}>
    ${panes.map(
      (pane) => html`<button
        type="button"
        aria-pressed=${desk.pane === pane ? "true" : "false"}
        @click=${() => {
          desk.pane = pane;
          desk.redraw();
        }}
      >
        ${texts.panes[pane]}
      </button>`,
    )}
  </nav>`;
}

function contentView(desk: Desk): TemplateResult {
  switch (desk.view.name) {
    case "talk":
      return besideView(desk);
    case "start":
      return startView(desk);
    case "all":
      return allView(desk);
    case "search":
      return searchView(desk);
    case "sample":
      return sampleView(desk);
    case "promises":
      return promisesView(desk);
    case "appointments":
      return appointmentsView(desk);
    case "reports":
      return reportsView(desk);
    case "report":
      return reportView(desk, desk.view.id);
    case "team":
      return teamView(desk);
    case "accounts":
      return accountsView(desk);
    case "settings":
      return settingsView(desk);
  }
}

function besideView(desk: Desk): TemplateResult {
  return html`<div class="beside" data-columns=${desk.talks.shown.length}>
    ${repeat(
      desk.talks.shown,
      (id) => id,
      (id) => conversationView(desk, id),
    )}
  </div>`;
}

function lineView(desk: Desk): TemplateResult | typeof nothing {
  return desk.live.state === "lost" ? html`<p class="line-lost" role="status">${texts.line.lost}</p>` : nothing;
}

/** The announcements of the page speak it; this is for the eye. */
function doneView(desk: Desk): TemplateResult | typeof nothing {
  if (!desk.done) return nothing;
  const put = () => {
    desk.done = "";
    desk.redraw();
  };
  return html`<div class="done">
    <p>${desk.done}</p>
    <button type="button" class="quiet" aria-label=${texts.dismiss} @click=${put}><span aria-hidden="true">×</span></button>
  </div>`;
}

export function alertView(desk: Desk): TemplateResult | typeof nothing {
  if (!desk.alert) return nothing;
  return html`<div class="alert" role="alert">
    <p>${desk.alert}</p>
    <button
      type="button"
      class="quiet"
      @click=${() => {
        desk.alert = "";
        desk.redraw();
      }}
    >
      ${texts.dismiss}
    </button>
  </div>`;
}
