// The accounts of the desk, for an administrator.

import { html, nothing, type TemplateResult } from "lit";
import { shortMoment } from "../dates.js";
import type { Desk } from "../desk.js";
import type { Account } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { teamName, titleView } from "./parts.js";

const t = texts.accounts;

export function accountsView(desk: Desk): TemplateResult {
  const { all } = desk.accounts;
  return html`<div class="view">
    <header class="view-head">
      ${titleView(t.title)}
      <button type="button" class="button" @click=${() => desk.show({ name: "account", about: "" })}>${t.invite}</button>
    </header>
    ${invitationView(desk)}
    ${all === null
      ? html`<p role="status">${texts.loading}</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-labelledby="titel">
          <table>
            <thead>
              <tr>${[t.name, t.role, t.skills, t.most, t.state, t.seen, texts.appointments.acts].map((name) => html`<th scope="col">${name}</th>`)}</tr>
            </thead>
            <tbody>${all.map((account) => rowView(desk, account))}</tbody>
          </table>
        </div>`}
  </div>`;
}

function rowView(desk: Desk, account: Account): TemplateResult {
  const state = account.disabled ? "disabled" : account.invited ? "invited" : "active";
  const reset = () => {
    if (confirm(t.resetSure(account.name))) void desk.accounts.reset(account);
  };
  return html`<tr class=${state}>
    <th scope="row">${account.name}<br /><span class="aside">${account.email}</span></th>
    <td>${t.roles[account.role]}</td>
    <td>${account.skills.length === 0 ? texts.everyone : account.skills.map((team) => teamName(desk, team)).join(", ")}</td>
    <td>${account.most}</td>
    <td>${t.states[state]}${account.totp ? html`<br /><span class="aside">${t.totp}</span>` : nothing}</td>
    <td>${account.last_seen ? shortMoment(account.last_seen, desk.now) : t.never}</td>
    <td>
      <button type="button" class="quiet" @click=${() => desk.show({ name: "account", about: account.id })}>${t.change}<span class="sr"> ${account.name}</span></button>
      <button type="button" class="quiet" @click=${reset}>${t.reset}<span class="sr"> ${account.name}</span></button>
    </td>
  </tr>`;
}

function invitationView(desk: Desk): TemplateResult | typeof nothing {
  const { invitation } = desk.accounts;
  if (!invitation) return nothing;
  const copy = () => navigator.clipboard.writeText(invitation.address).then(() => desk.say(t.copied), () => undefined);
  return html`<section class="notice" aria-labelledby="nieuwe-link">
    <h2 id="nieuwe-link">${t.link(invitation.name)}</h2>
    <p>${t.linkText}</p>
    <p class="secret">${invitation.address}</p>
    <div class="actions">
      <button type="button" class="button" @click=${() => void copy()}>${t.copy}</button>
      <button type="button" class="quiet" @click=${() => ((desk.accounts.invitation = null), desk.redraw())}>${t.put}</button>
    </div>
  </section>`;
}
