// One's own settings: attention, keys, password, second factor, other devices.

import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "../desk.js";
import { texts } from "../texts.nl.js";
import { field, titleView, values } from "./parts.js";

const t = texts.settings;

export function settingsView(desk: Desk): TemplateResult {
  const wanted = desk.me?.totp_wanted ?? false;
  return html`<div class="view settings">
    ${titleView(t.title)} ${wanted ? html`<p class="notice">${t.totpWanted}</p>` : html`${attentionView(desk)}`} ${totpView(desk)} ${wanted ? nothing : html`${passwordView(desk)} ${sessionsView(desk)}`}
  </div>`;
}

function attentionView(desk: Desk): TemplateResult {
  const { preferences } = desk;
  const denied = "Notification" in window && Notification.permission === "denied";
  const notices = async (event: Event) => {
    const box = event.target as HTMLInputElement;
    desk.prefer({ notices: box.checked && (await desk.notices.ask()) });
    box.checked = desk.preferences.notices;
  };
  return html`<section aria-labelledby="aandacht">
      <h2 id="aandacht">${t.attention}</h2>
      <label class="choice-line"><input type="checkbox" ?checked=${preferences.sound} @change=${() => desk.prefer({ sound: !preferences.sound })} /> ${t.sound}</label>
      <label class="choice-line"><input type="checkbox" ?checked=${preferences.notices && !denied} ?disabled=${denied} @change=${notices} /> ${t.notices}</label>
      <p class="hint">${denied ? t.denied : t.noticesHint}</p>
    </section>
    <section aria-labelledby="toetsen">
      <h2 id="toetsen">${t.keys}</h2>
      <label class="choice-line"><input type="checkbox" ?checked=${preferences.letters} @change=${() => desk.prefer({ letters: !preferences.letters })} /> ${t.letters}</label>
      <p class="hint">${t.lettersHint}</p>
    </section>`;
}

function passwordView(desk: Desk): TemplateResult {
  const change = (event: SubmitEvent) => {
    const form = event.currentTarget as HTMLFormElement;
    event.preventDefault();
    const given = new FormData(form);
    void desk.signing.changePassword(String(given.get("old")), String(given.get("new"))).then((done) => done && form.reset());
  };
  return html`<section aria-labelledby="wachtwoord-kop">
    <h2 id="wachtwoord-kop">${t.password}</h2>
    <form @submit=${change}>
      <input class="sr" type="email" name="email" autocomplete="username" .value=${desk.me?.email ?? ""} readonly tabindex="-1" aria-hidden="true" />
      ${field("old", t.old, { type: "password", autocomplete: "current-password" })}
      ${field("new", texts.signIn.newPassword, { type: "password", autocomplete: "new-password", hint: texts.signIn.passwordHint })}
      <button type="submit" class="button">${t.change}</button>
    </form>
  </section>`;
}

function totpView(desk: Desk): TemplateResult {
  const { signing, me } = desk;
  const body = signing.recovery ? recoveryView(desk, signing.recovery) : signing.setup ? setupView(desk, signing.setup) : me?.totp ? stopView(desk) : beginView(desk);
  return html`<section aria-labelledby="twee-stappen"><h2 id="twee-stappen">${t.totp}</h2>${body}</section>`;
}

function beginView(desk: Desk): TemplateResult {
  return html`<p>${t.totpOff}</p>
    <button type="button" class="button" @click=${() => void desk.signing.beginTotp()}>${t.begin}</button>`;
}

function setupView(desk: Desk, setup: { readonly secret: string; readonly svg: string }): TemplateResult {
  const picture = `data:image/svg+xml;utf8,${encodeURIComponent(setup.svg)}`;
  return html`<p>${t.scan}</p>
    <img class="qr" src=${picture} alt=${t.scanAlt} width="200" height="200" />
    <p>${t.secret}</p>
    <p class="secret">${setup.secret}</p>
    <form @submit=${(event: Event) => void desk.signing.confirmTotp(values(event).code ?? "")}>
      ${field("code", t.code, { id: "nieuwe-code", autocomplete: "one-time-code" })}
      <button type="submit" class="button">${t.confirm}</button>
    </form>`;
}

function recoveryView(desk: Desk, codes: readonly string[]): TemplateResult {
  return html`<h3 id="herstelcodes" tabindex="-1">${t.recovery}</h3>
    <p>${t.recoveryText}</p>
    <ul class="codes">
      ${codes.map((code) => html`<li><code>${code}</code></li>`)}
    </ul>
    <button type="button" class="button" @click=${() => desk.signing.keptCodes()}>${t.kept}</button>`;
}

function stopView(desk: Desk): TemplateResult {
  return html`<p>${t.totpOn}</p>
    <form @submit=${(event: Event) => (event.preventDefault(), void desk.signing.stopTotp(String(new FormData(event.currentTarget as HTMLFormElement).get("password"))))}>
      ${field("password", t.stopPassword, { type: "password", autocomplete: "current-password" })}
      <button type="submit" class="quiet">${t.stop}</button>
    </form>`;
}

function sessionsView(desk: Desk): TemplateResult {
  return html`<section aria-labelledby="apparaten">
    <h2 id="apparaten">${t.sessions}</h2>
    <button type="button" class="quiet" @click=${() => void desk.signing.signOut(true)}>${t.everywhere}</button>
  </section>`;
}
