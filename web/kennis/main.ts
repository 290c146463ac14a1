// The page: follows its address, asks the knowledge API, and draws what comes back.

import { html, render, type TemplateResult } from "lit";
import { readAddress, writeAddress, type Address } from "./address.js";
import {
  NotThere,
  readMunicipalities,
  readMunicipality,
  readOpeningHours,
  readProduct,
  readProducts,
  readThemes,
  type Answer,
  type Named,
  type ProductSummary,
} from "./api.js";
import { forMail } from "./copy.js";
import { texts } from "./texts.nl.js";
import { foundView, municipalitiesView, themesView } from "./views/finder.js";
import { welcomeView } from "./views/municipality.js";
import { productView } from "./views/product.js";

const TYPING_MS = 200;

function element<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id} is missing`);
  return found as T;
}

class KnowledgePage {
  private readonly content = element("inhoud");
  private readonly subjects = element("onderwerpen");
  private readonly input = element<HTMLInputElement>("zoek");
  private address: Address = readAddress(location.search);
  private municipalities: readonly Named[] = [];
  private themes: readonly Named[] = [];
  private products: readonly ProductSummary[] = [];
  private typing = 0;
  private asked = 0;

  async start(): Promise<void> {
    this.input.value = this.address.query;
    this.input.addEventListener("input", () => this.onTyping());
    element("zoeken").addEventListener("submit", (event) => {
      event.preventDefault();
      this.onTyping(0);
    });
    document.addEventListener("click", (event) => this.onClick(event));
    addEventListener("popstate", () => void this.follow(readAddress(location.search)));
    await this.load();
  }

  private async load(): Promise<void> {
    this.say(this.content, html`<p>${texts.loading}</p>`);
    try {
      [this.municipalities, this.themes, this.products] = await Promise.all([readMunicipalities(), readThemes(), readProducts("")]);
    } catch {
      this.fail(() => void this.load());
      return;
    }
    const wanted = this.address.municipality;
    if (wanted && !this.municipalities.some(({ id }) => id === wanted)) this.address = { ...this.address, municipality: null };
    await Promise.all([this.showSubjects(), this.showContent()]);
    if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
  }

  /** Goes to an address of this page; the heading gets the focus when there is something else to read. */
  private async follow(next: Address): Promise<void> {
    const before = this.address;
    this.address = next;
    if (this.input.value.trim() !== next.query) this.input.value = next.query;
    const other = before.product !== next.product || before.municipality !== next.municipality;
    await Promise.all([this.showSubjects(), other ? this.showContent() : undefined]);
    if (other && this.address === next) this.arrive(before);
  }

  private arrive(before: Address): void {
    if (before.product === this.address.product) return; // another municipality: the reader stays where the reader was
    const title = document.getElementById("titel");
    title?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }

  private onClick(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-inside]") : null;
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    void this.follow(readAddress(link.search));
  }

  private onTyping(wait = TYPING_MS): void {
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => {
      const next = { ...this.address, query: this.input.value.trim() };
      history.replaceState(null, "", writeAddress(next));
      void this.follow(next);
    }, wait);
  }

  private async showSubjects(): Promise<void> {
    const { query } = this.address;
    render(municipalitiesView(this.municipalities, this.address), element("gemeenten"));
    if (query === "") {
      element("gevonden").textContent = texts.all(this.products.length);
      render(themesView(this.themes, this.products, this.address), this.subjects);
      return;
    }
    try {
      const found = await readProducts(query);
      if (query !== this.address.query) return;
      element("gevonden").textContent = texts.found(found.length, query);
      render(foundView(found, this.address), this.subjects);
    } catch {
      if (query === this.address.query) element("gevonden").textContent = texts.failed;
    }
  }

  private async showContent(): Promise<void> {
    const ticket = ++this.asked;
    element("indeling").classList.toggle("has-product", this.address.product !== null);
    this.content.setAttribute("aria-busy", "true");
    let shown: { title: string; view: TemplateResult };
    try {
      shown = await (this.address.product === null ? this.welcome() : this.product(this.address.product));
    } catch (error) {
      if (ticket !== this.asked) return;
      if (error instanceof NotThere) this.missing();
      else this.fail(() => void this.showContent());
      return;
    }
    if (ticket !== this.asked) return;
    document.title = shown.title;
    this.say(this.content, shown.view);
  }

  private async welcome(): Promise<{ title: string; view: TemplateResult }> {
    const { municipality } = this.address;
    if (municipality === null) return { title: texts.site, view: welcomeView(null, null) };
    const [found, opening] = await Promise.all([readMunicipality(municipality), readOpeningHours(municipality)]);
    return { title: `${found.name} – ${texts.site}`, view: welcomeView(found, opening) };
  }

  private async product(id: string): Promise<{ title: string; view: TemplateResult }> {
    const address = this.address;
    const product = await readProduct(id, address.municipality);
    const name = this.municipalities.find((item) => item.id === address.municipality)?.name ?? null;
    const view = productView(product, name, address, { copy: (answer) => void this.copy(answer) });
    return { title: `${product.name}${name ? ` in ${name}` : ""} – ${texts.site}`, view };
  }

  private async copy(answer: Pick<Answer, "title" | "text" | "more">): Promise<void> {
    const status = element("melding");
    try {
      await navigator.clipboard.writeText(forMail(answer.more ? `${answer.text}\n\n${answer.more}` : answer.text));
      status.textContent = texts.copied(answer.title);
    } catch {
      status.textContent = texts.copyFailed;
    }
  }

  private missing(): void {
    document.title = `${texts.notThere} – ${texts.site}`;
    const back = writeAddress({ ...this.address, product: null });
    this.say(
      this.content,
      html`<h1 tabindex="-1" id="titel">${texts.notThere}</h1>
        <p>${texts.notThereText}</p>
        <p><a href=${back} data-inside>${texts.back}</a></p>`,
    );
  }

  private fail(again: () => void): void {
    this.say(
      this.content,
      html`<p role="alert">${texts.failed}</p>
        <button type="button" class="button" @click=${again}>${texts.retry}</button>`,
    );
  }

  private say(where: HTMLElement, what: TemplateResult): void {
    where.removeAttribute("aria-busy");
    render(what, where);
  }
}

void new KnowledgePage().start();
