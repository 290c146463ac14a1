// The bar on top: where one is, whether the line is up, one's presence, the way out.

import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Desk } from "../desk.js";
import type { Presence } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { logo } from "./parts.js";

const CHOICES: readonly Presence[] = ["available", "busy", "away"];

export function headerView(desk: Desk): TemplateResult {
  const { me } = desk;
  return html`<header class="top">
    <h1 class="brand">${logo}<span>${texts.name}</span></h1>
    <p class="line ${desk.live.state}"><span class="dot" aria-hidden="true"></span><span>${desk.live.state === "lost" ? texts.line.connecting : texts.line[desk.live.state]}</span></p>
    <div class="presence ${me?.presence ?? "offline"}">
      <label class="sr" for="aanwezigheid">${texts.presence.label}</label>
      <select id="aanwezigheid" .value=${live(me?.presence ?? "offline")} @change=${(event: Event) => onPresence(desk, event)}>
        ${me?.presence === "offline" ? html`<option value="offline">${texts.presence.offline}</option>` : ""}
        ${CHOICES.map((one) => html`<option value=${one} ?selected=${one === me?.presence}>${texts.presence[one]}${one === "away" && me?.away_reason ? `: ${me.away_reason}` : ""}</option>`)}
      </select>
    </div>
    <p class="who">${me?.name ?? ""}</p>
    <button type="button" class="quiet help" @click=${() => desk.show({ name: "help", about: "" })}><span aria-hidden="true">?</span><span class="sr">${texts.help.title}</span></button>
    <button type="button" class="quiet" @click=${() => onLeave(desk)}>${texts.account.signOut}</button>
  </header>`;
}

function onPresence(desk: Desk, event: Event): void {
  const select = event.target as HTMLSelectElement;
  const wanted = select.value as Presence;
  if (wanted === "away") {
    desk.show({ name: "away", about: "" });
    desk.redraw(); // the menu shows what is true until a reason is given
  } else void desk.acts.presence(wanted).then(() => desk.redraw());
}

function onLeave(desk: Desk): void {
  if (desk.board.mine.length > 0) desk.show({ name: "leave", about: "" });
  else void desk.signing.signOut();
}
