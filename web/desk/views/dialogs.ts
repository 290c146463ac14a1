// Draws the one dialog that is open; each has a title, a form, and a way back (Escape too).

import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "../desk.js";
import type { Outcome, PromiseOutcome } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { accountDialog } from "./account-dialog.js";
import { bookDialog, moveDialog } from "./booking.js";
import { handleDialog } from "./report.js";
import { field, optionsView, subjectOf, values } from "./parts.js";

export function dialogView(desk: Desk): TemplateResult | typeof nothing {
  const { dialog } = desk;
  if (dialog === null) return nothing;
  const { about } = dialog;
  switch (dialog.name) {
    case "help":
      return helpDialog(desk);
    case "away":
      return awayDialog(desk);
    case "leave":
      return leaveDialog(desk);
    case "forward":
      return forwardDialog(desk, about);
    case "handBack":
      return handBackDialog(desk, about);
    case "close":
      return closeDialog(desk, about);
    case "callback":
      return callbackDialog(desk, about);
    case "assign":
      return assignDialog(desk, about);
    case "finish":
      return finishDialog(desk, about);
    case "report":
      return handleDialog(desk, about);
    case "account":
      return accountDialog(desk, about);
    case "appointment":
      return bookDialog(desk, about);
    case "move":
      return moveDialog(desk, about);
  }
}

/** A dialog around `content`; `act` answers whether it is done and may close. */
export function frame(desk: Desk, title: string, content: unknown, send: string, act: (given: Readonly<Record<string, string>>, event: Event) => unknown): TemplateResult {
  const close = () => desk.show(null);
  return html`<dialog aria-labelledby="venster" @close=${(event: Event) => (event.target as Element).isConnected && close()} @keydown=${(event: Event) => event.stopPropagation()}>
    <form
      method="dialog"
      @submit=${async (event: Event) => {
        const given = values(event);
        if ((await act(given, event)) !== false && desk.dialog) close();
      }}
    >
      <h2 id="venster">${title}</h2>
      ${desk.alert ? html`<p class="alert" role="alert">${desk.alert}</p>` : nothing} ${content}
      <div class="dialog-foot">
        <button type="button" class="quiet" @click=${close}>${texts.cancel}</button>
        <button type="submit" class="button">${send}</button>
      </div>
    </form>
  </dialog>`;
}

export function radios(name: string, legend: string, options: readonly (readonly [string, string])[], chosen: string): TemplateResult {
  return html`<fieldset>
    <legend>${legend}</legend>
    ${options.map(([value, title]) => html`<label class="choice-line"><input type="radio" name=${name} value=${value} required ?checked=${value === chosen} /> ${title}</label>`)}
  </fieldset>`;
}

function helpDialog(desk: Desk): TemplateResult {
  const t = texts.help;
  const keys = html`<p>${t.intro}</p>
    <dl class="keys">
      ${Object.entries(t.keys).map(([key, meaning]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${meaning}</dd></div>`)}
    </dl>`;
  return html`<dialog class="wide" aria-labelledby="venster" @close=${(event: Event) => (event.target as Element).isConnected && desk.show(null)}>
    <form method="dialog">
      <h2 id="venster">${t.title}</h2>
      ${keys}
      <div class="dialog-foot"><button type="submit" class="button">${t.close}</button></div>
    </form>
  </dialog>`;
}

function awayDialog(desk: Desk): TemplateResult {
  const t = texts.away;
  const reasons = [...t.reasons, t.other].map((reason) => [reason, reason] as const);
  const content = html`${radios("reason", t.reason, reasons, t.reasons[0])} ${desk.board.mine.length > 0 ? html`<p>${t.held}</p>` : nothing}`;
  return frame(desk, t.title, content, t.send, ({ reason = "" }) => desk.acts.presence("away", reason));
}

function leaveDialog(desk: Desk): TemplateResult {
  const t = texts.leave;
  return frame(desk, t.title, html`<p>${t.text(desk.board.mine.length)}</p>`, t.send, () => desk.signing.signOut());
}

function forwardDialog(desk: Desk, id: string): TemplateResult {
  const t = texts.forward;
  const others = desk.board.colleagues.filter((one) => one.id !== desk.me?.id && (one.presence === "available" || one.presence === "busy"));
  const content = html`<div class="field">
      <label for="naar">${t.to}</label>
      <select id="naar" name="to" required>
        <optgroup label=${t.team}>
          ${desk.teams.map((team) => html`<option value=${`team:${team.id}`}>${team.name}</option>`)}
        </optgroup>
        ${others.length > 0
          ? html`<optgroup label=${t.agent}>
              ${others.map((one) => html`<option value=${`agent:${one.id}`}>${one.name} (${texts.presence[one.presence].toLowerCase()}, ${texts.mine.of(one.held, one.most)})</option>`)}
            </optgroup>`
          : nothing}
      </select>
      ${others.length === 0 ? html`<p class="hint">${t.nobody}</p>` : nothing}
    </div>
    <div class="field">
      <label for="doorzetnotitie">${t.note}</label>
      <textarea id="doorzetnotitie" name="note" rows="3" maxlength="4000"></textarea>
    </div>`;
  return frame(desk, t.title, content, t.send, ({ to = "", note = "" }) => {
    const [kind, who = ""] = to.split(":");
    return desk.acts.forward(id, kind === "team" ? { team: who } : { agent: who }, note);
  });
}

function handBackDialog(desk: Desk, id: string): TemplateResult {
  const t = texts.handBack;
  const row = desk.rowOf(id);
  const options: [string, string][] = [...(row?.product ? [[row.product, subjectOf(row)] as [string, string]] : []), ["", t.same]];
  return frame(desk, t.title, radios("product", t.text, options, options[0]?.[0] ?? ""), t.send, ({ product = "" }) => desk.acts.handBack(id, product));
}

function closeDialog(desk: Desk, id: string): TemplateResult {
  const t = texts.close;
  const content = html`${radios("outcome", t.question, Object.entries(t.outcome), "answered")}
    <p class="hint">${t.after}</p>`;
  return frame(desk, t.title, content, t.send, ({ outcome = "answered" }) => desk.acts.close(id, outcome as Outcome));
}

function callbackDialog(desk: Desk, id: string): TemplateResult {
  const t = texts.callback;
  const summary = desk.talks.get(id)?.summary;
  const row = desk.rowOf(id);
  const content = html`${field("name", t.name, { value: summary?.name ?? "" })} ${field("phone", t.phone, { type: "tel", value: summary?.phone ?? "" })}
    ${field("subject", t.subject, { value: row?.product ? subjectOf(row) : "" })}
    <div class="field">
      <label for="terugbelteam">${t.team}</label>
      <select id="terugbelteam" name="team">
        ${optionsView(desk.teams, row?.team ?? "")}
      </select>
    </div>
    ${field("wanted_at", t.wanted, { type: "datetime-local", required: false })}`;
  return frame(desk, t.title, content, t.send, ({ wanted_at: wanted = "", ...given }) =>
    desk.acts.callback(id, { key: desk.dialog?.key, ...given, ...(wanted && { wanted_at: new Date(wanted).toISOString() }) }),
  );
}

function assignDialog(desk: Desk, id: string): TemplateResult {
  const t = texts.assign;
  const present = desk.board.colleagues.filter((one) => one.presence === "available" || one.presence === "busy");
  const content = html`<div class="field">
    <label for="collega">${t.to}</label>
    <select id="collega" name="agent" required>
      ${present.map((one) => html`<option value=${one.id}>${one.name} (${texts.mine.of(one.held, one.most)})</option>`)}
    </select>
  </div>`;
  return frame(desk, t.title, content, t.send, async ({ agent = "" }) => {
    const done = await desk.acts.assign(id, agent);
    if (done) desk.lists.again();
    return done;
  });
}

function finishDialog(desk: Desk, reference: string): TemplateResult {
  const outcomes = Object.entries(texts.outcomes);
  return frame(desk, texts.promises.finish, radios("outcome", texts.promises.finishTitle, outcomes, "reached"), texts.save, ({ outcome = "reached" }) =>
    desk.acts.finishPromise(reference, outcome as PromiseOutcome),
  );
}
