// The way in: e-mail address and password, the second factor, an invitation.

import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "../desk.js";
import { texts } from "../texts.nl.js";
import { field, logo, values } from "./parts.js";

const t = texts.signIn;

export function signInView(desk: Desk): TemplateResult {
  const { signing } = desk;
  const content = signing.invited ? invitationView(desk) : signing.wantsCode ? codeView(desk) : passwordView(desk);
  return html`<main class="alone" id="inhoud">
    <p class="brand">${logo}<span>${texts.name}</span></p>
    ${content}
  </main>`;
}

function problemView(desk: Desk): TemplateResult | typeof nothing {
  return desk.signing.problem ? html`<p class="alert" role="alert">${desk.signing.problem}</p>` : nothing;
}

function passwordView(desk: Desk): TemplateResult {
  const { signing } = desk;
  return html`<h1>${t.title}</h1>
    ${problemView(desk)}
    ${signing.oidc ? html`<p><a class="button wide-button" href="/desk/api/sign-in/oidc">${signing.oidc.title}</a></p>` : nothing}
    ${signing.oidc && signing.password ? html`<p class="or"><span>${t.or}</span></p>` : nothing}
    ${signing.password
      ? html`<form
          @submit=${(event: Event) => {
            const { email = "", password = "" } = rawPassword(event);
            void signing.signIn(email, password);
          }}
        >
          ${field("email", t.email, { type: "email", id: "email", autocomplete: "username" })}
          ${field("password", t.password, { type: "password", id: "wachtwoord", autocomplete: "current-password" })}
          <button type="submit" class="button wide-button" ?disabled=${signing.busy}>${t.enter}</button>
        </form>`
      : nothing}
    <p class="hint">${t.help}</p>`;
}

/** A password may begin or end with a space, so it is taken as typed. */
function rawPassword(event: Event): Readonly<Record<string, string>> {
  const given = values(event);
  const password = new FormData(event.currentTarget as HTMLFormElement).get("password");
  return { ...given, password: typeof password === "string" ? password : "" };
}

function codeView(desk: Desk): TemplateResult {
  const { signing } = desk;
  return html`<h1>${t.codeTitle}</h1>
    ${problemView(desk)}
    <form @submit=${(event: Event) => void signing.giveCode(values(event).code ?? "")}>
      ${field("code", t.code, { id: "code", hint: t.codeHint, autocomplete: "one-time-code" })}
      <button type="submit" class="button wide-button" ?disabled=${signing.busy}>${t.enter}</button>
      <button type="button" class="quiet wide-button" @click=${() => signing.begin()}>${t.back}</button>
    </form>`;
}

function invitationView(desk: Desk): TemplateResult {
  const { signing } = desk;
  const { name = "", email = "" } = signing.invited ?? {};
  return html`<h1>${t.welcome(name)}</h1>
    <p>${t.choose(email)}</p>
    ${problemView(desk)}
    <form @submit=${(event: Event) => void signing.accept(rawPassword(event).password ?? "")}>
      <input class="sr" type="email" name="email" autocomplete="username" .value=${email} readonly tabindex="-1" aria-hidden="true" />
      ${field("password", t.newPassword, { type: "password", id: "wachtwoord", hint: t.passwordHint, autocomplete: "new-password" })}
      <button type="submit" class="button wide-button" ?disabled=${signing.busy}>${t.begin}</button>
    </form>`;
}
