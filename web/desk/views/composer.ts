// The field to answer in: Enter sends, "/" finds templates, a suggestion of the knowledge base can be put in.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { markdownView } from "../../widget/src/views/markdown.js";
import { LONGEST } from "../acts.js";
import type { Desk } from "../desk.js";
import type { Template } from "../shapes.js";
import type { Talk } from "../talk.js";
import { fill, findTemplates, typedCommand } from "../templates.js";
import { texts } from "../texts.nl.js";
import { idIn, isHere } from "./parts.js";

let picked = 0;
let dismissed = "";

export function composerView(desk: Desk, talk: Talk): TemplateResult {
  const here = isHere(desk, talk.id);
  const [field, hint] = [idIn("antwoord", here, talk.id), idIn("antwoord-uitleg", here, talk.id)];
  const command = talk.draft === dismissed || !here ? null : typedCommand(talk.draft);
  const found = command === null ? [] : findTemplates(desk.templates, command);
  const over = talk.draft.trim().length - LONGEST;
  if (picked >= found.length) picked = 0;
  return html`<div class="reply">
    <div class="reply-extra">${command === null ? suggestionView(desk, talk) : templatesView(desk, talk, found)}</div>
    <form class="composer" @submit=${(event: Event) => (event.preventDefault(), void desk.acts.say(talk))}>
      <label class="sr" for=${field}>${texts.reply.label}</label>
      <textarea
        id=${field}
        rows="3"
        placeholder=${texts.reply.placeholder}
        aria-describedby=${hint}
        aria-autocomplete="list"
        aria-controls=${found.length > 0 ? "sjablonen" : nothing}
        aria-activedescendant=${found.length > 0 ? `sjabloon-${picked}` : nothing}
        aria-invalid=${over > 0 ? "true" : nothing}
        .value=${live(talk.draft)}
        @input=${(event: Event) => onInput(desk, talk, event)}
        @keydown=${(event: KeyboardEvent) => onKey(desk, talk, found, event)}
      ></textarea>
      <div class="reply-foot">
        <p class="hint" id=${hint}>${over > 0 ? texts.reply.tooLong(over) : texts.reply.hint}</p>
        <button type="button" class="quiet" ?disabled=${talk.suggestion === "busy"} @click=${() => void desk.acts.suggest(talk)}>${texts.reply.suggest}</button>
        <button type="submit" class="button" ?disabled=${over > 0}>${texts.reply.send}</button>
      </div>
    </form>
  </div>`;
}

function onInput(desk: Desk, talk: Talk, event: Event): void {
  const { value } = event.target as HTMLTextAreaElement;
  const before = typedCommand(talk.draft);
  dismissed = "";
  desk.acts.draft(talk, value);
  const command = typedCommand(value);
  if (command === null || command === before) return;
  picked = 0;
  const { length } = findTemplates(desk.templates, command);
  desk.say(length > 0 ? texts.reply.templatesFound(length) : texts.reply.noTemplate);
}

function onKey(desk: Desk, talk: Talk, found: readonly Template[], event: KeyboardEvent): void {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return; // an input method's own keys, and shortcuts
  if (found.length > 0 && onTemplateKey(desk, talk, found, event)) {
    event.preventDefault();
    desk.redraw();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    void desk.acts.say(talk);
  }
}

function onTemplateKey(desk: Desk, talk: Talk, found: readonly Template[], event: KeyboardEvent): boolean {
  const chosen = found[picked];
  if (event.key === "ArrowDown") picked = (picked + 1) % found.length;
  else if (event.key === "ArrowUp") picked = (picked + found.length - 1) % found.length;
  else if (event.key === "Escape") dismissed = talk.draft;
  else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && chosen) use(desk, talk, chosen);
  else return false;
  return true;
}

function use(desk: Desk, talk: Talk, template: Template): void {
  talk.draft = fill(template, talk.draft, desk.me?.name ?? "");
  picked = 0;
  desk.focus = "#antwoord";
  desk.redraw();
}

function templatesView(desk: Desk, talk: Talk, found: readonly Template[]): TemplateResult {
  if (found.length === 0) return html`<p class="templates empty">${texts.reply.noTemplate}</p>`;
  return html`<ul class="templates" id="sjablonen" role="listbox" tabindex="0" aria-label=${texts.reply.templates}>
    ${found.map(
      (template, at) => html`<li id=${`sjabloon-${at}`} role="option" aria-selected=${at === picked ? "true" : "false"} @pointerdown=${(event: Event) => (event.preventDefault(), use(desk, talk, template))}>
        <strong>${template.title}</strong> <span>${fill(template, "", desk.me?.name ?? "")}</span>
      </li>`,
    )}
  </ul>`;
}

function suggestionView(desk: Desk, talk: Talk): TemplateResult | typeof nothing {
  const { suggestion } = talk;
  const t = texts.suggestion;
  if (suggestion === null) return nothing;
  const title = idIn("voorstel", isHere(desk, talk.id), talk.id);
  if (suggestion === "busy") return html`<section class="suggestion" aria-busy="true"><p>${t.busy}</p></section>`;
  const put = () => {
    talk.suggestion = null;
    desk.focus = "#antwoord";
    desk.redraw();
  };
  return html`<section class="suggestion" aria-labelledby=${title}>
    <header>
      <h2 id=${title}>${t.title}</h2>
      ${t.zone[suggestion.zone] ? html`<span class="tag zone-${suggestion.zone}">${t.zone[suggestion.zone]}</span>` : nothing}
      <button type="button" class="quiet" aria-label=${t.dismiss} @click=${put}><span aria-hidden="true">×</span></button>
    </header>
    ${suggestion.question ? html`<p class="hint">${t.on(suggestion.question)}</p>` : nothing}
    ${suggestion.text === null
      ? html`<p>${t.none}</p>`
      : html`<div class="text">${markdownView(suggestion.text)}</div>
          <button type="button" class="button" @click=${() => (desk.acts.insert(talk, suggestion.text ?? ""), put())}>${t.insert}</button>`}
    ${suggestion.others.length > 0
      ? html`<p class="others">${t.others}: ${suggestion.others.map(({ product, name }) => html`<button type="button" class="quiet" @click=${() => onOther(desk, product)}>${name}</button> `)}</p>`
      : nothing}
  </section>`;
}

function onOther(desk: Desk, product: string): void {
  desk.pane = "facts";
  if (!desk.preferences.facts) desk.prefer({ facts: true });
  desk.focus = "#kennis-titel";
  void desk.knowing.choose(product);
}
