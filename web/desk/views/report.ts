// One report about public space: what was written, where, the pictures, who wants to hear back, and handling it.

import { html, nothing, type TemplateResult } from "lit";
import { dayName, shortMoment } from "../dates.js";
import type { Desk } from "../desk.js";
import type { Report, ReportPlace } from "../shapes-reports.js";
import { texts } from "../texts.nl.js";
import { addressOf } from "../view.js";
import { frame } from "./dialogs.js";
import { titleView } from "./parts.js";
import { stateView } from "./reports.js";

const t = texts.report;

/** Five decimals are about a metre. */
const DECIMALS = 5;

export function reportView(desk: Desk, reference: string): TemplateResult {
  const { opened, problem } = desk.reports;
  const back = { name: "reports" } as const;
  return html`<div class="view">
    <p><a href=${addressOf(back)} @click=${(event: Event) => (event.preventDefault(), desk.go(back))}>${t.back}</a></p>
    ${titleView(t.title(reference))}
    ${problem ? html`<p class="empty" role="status">${problem}</p>` : opened === null ? html`<p role="status">${texts.loading}</p>` : bodyView(desk, opened)}
  </div>`;
}

function bodyView(desk: Desk, report: Report): TemplateResult {
  return html`<article class="report">
    ${standView(report)}
    <h2>${t.words}</h2>
    <p class="typed">${report.text}</p>
    <h2>${t.facts}</h2>
    ${factsView(desk, report)}
    <h2>${t.contact}</h2>
    ${contactView(report) ?? html`<p>${t.anonymous}</p>`}
    <h2>${t.shots}</h2>
    ${shotsView(desk, report)} ${actsView(desk, report)}
  </article>`;
}

function standView(report: Report): TemplateResult | typeof nothing {
  const text = report.state === "handled" ? t.handled : report.trouble ? t.trouble[report.trouble] : report.state === "passed_on" ? t.passedOn : "";
  return text ? html`<p class="stand ${report.trouble ? "trouble" : ""}">${text}</p>` : nothing;
}

function factsView(desk: Desk, report: Report): TemplateResult {
  const fact = (name: string, value: unknown) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing);
  const late = report.overdue ? html` <strong class="danger-tag">${texts.reports.overdue}</strong>` : nothing;
  return html`<dl class="facts-list">
    ${fact(t.subject, report.product_name)} ${fact(t.municipality, report.municipality_name)} ${fact(t.place, report.place.words ?? (report.place.latitude === null ? texts.reports.noPlace : null))}
    ${fact(t.coordinates, coordinatesView(desk, report.place))} ${fact(t.received, shortMoment(report.created_at, desk.now))}
    ${fact(t.promised, html`${dayName(report.promised_on, desk.now)}${late}`)} ${fact(t.state, stateView(report))}
  </dl>`;
}

/** As plain text, so that no map elsewhere learns where somebody is. */
function coordinatesView(desk: Desk, { latitude, longitude }: ReportPlace): TemplateResult | null {
  if (latitude === null || longitude === null) return null;
  const text = `${latitude.toFixed(DECIMALS)}, ${longitude.toFixed(DECIMALS)}`;
  return html`<span class="coordinates">${text}</span>
    <button type="button" class="quiet small" aria-label=${`${t.copy}: ${t.coordinates}`} @click=${() => void desk.reports.copy(text)}>${t.copy}</button>`;
}

function contactView({ email, phone }: Report): TemplateResult | null {
  if (!email && !phone) return null;
  return html`<dl class="facts-list">
    ${email ? html`<div><dt>${t.email}</dt><dd><a href=${`mailto:${email}`}>${email}</a></dd></div>` : nothing}
    ${phone ? html`<div><dt>${t.phone}</dt><dd><a href=${`tel:${phone.replace(/[^+\d]/g, "")}`}>${phone}</a></dd></div>` : nothing}
  </dl>`;
}

function shotsView(desk: Desk, report: Report): TemplateResult {
  const { pictures } = report;
  if (pictures.length === 0) return html`<p class="empty">${t.noShots}</p>`;
  const view = (picture: string, index: number) => {
    if (desk.reports.gone.has(picture)) return html`<li class="shot-gone">${t.shotGone}</li>`;
    const address = `/desk/api/reports/${encodeURIComponent(report.reference)}/pictures/${encodeURIComponent(picture)}`;
    return html`<li>
      <a href=${address} target="_blank" rel="noopener"><img src=${address} alt=${t.shot(index + 1, pictures.length)} @error=${() => desk.reports.lost(picture)} /></a>
    </li>`;
  };
  return html`<ul role="list" class="shots">
    ${pictures.map(view)}
  </ul>`;
}

function actsView(desk: Desk, report: Report): TemplateResult {
  const { reference, conversation_id: conversation, state, trouble } = report;
  const again = () => {
    if (confirm(t.sureAgain(reference))) void desk.reports.again(reference);
  };
  return html`<div class="actions">
    ${state === "handled" ? nothing : html`<button type="button" class="button" @click=${() => desk.show({ name: "report", about: reference })}>${t.handle}</button>`}
    ${state === "received" && (trouble === "unsure" || trouble === "refused") ? html`<button type="button" class="quiet" @click=${again}>${t.again}</button>` : nothing}
    ${conversation ? html`<button type="button" class="quiet" @click=${() => desk.open(conversation)}>${t.conversation}</button>` : nothing}
  </div>`;
}

export function handleDialog(desk: Desk, reference: string): TemplateResult {
  const { opened } = desk.reports;
  const contact = opened?.reference === reference ? contactView(opened) : null;
  const content = html`<p>${t.sure}</p>
    ${contact ? html`<p>${t.told}</p> ${contact}` : nothing}`;
  return frame(desk, t.dialog, content, t.send, () => desk.reports.handle(reference));
}
