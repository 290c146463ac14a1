// The knowledge beside a conversation: finding a product, and the answer as a citizen of that municipality would read it.

import type { Desk } from "./desk.js";
import type { Answer, Named } from "./shapes.js";
import type { Talk } from "./talk.js";

const TYPING_MS = 200;

interface Aspect {
  readonly aspect: string;
  readonly title: string;
  readonly applicable: boolean;
}

/** A particular question about a product; its answer comes along with it. */
interface Vac {
  readonly id: string;
  readonly question: string;
  readonly text: string;
  readonly source: { readonly title: string; readonly url: string; readonly checked_on: string | null } | null;
}

interface Product extends Named {
  readonly aspects: readonly Aspect[];
  readonly vacs: readonly Vac[];
}

export class Knowing {
  query = "";
  found: readonly Named[] | null = null;
  product: Product | null = null;
  /** The aspect that is shown, or the id of the particular question behind a "?". */
  aspect: string | null = null;
  answer: Answer | "busy" | null = null;
  private about = "";
  /** The product that was asked for last: the answer about another comes too late. */
  private wanted = "";
  private timer = 0;

  constructor(private readonly desk: Desk) {}

  /** Another conversation came into view: show what it is about. */
  follow(talk: Talk): void {
    const product = talk.row?.product ?? talk.summary?.product ?? null;
    const about = `${talk.id}/${product ?? ""}`;
    if (this.desk.talk !== talk || this.about === about) return;
    this.about = about;
    this.query = "";
    this.found = null;
    this.product = null;
    this.answer = null;
    this.aspect = null;
    this.wanted = "";
    if (product) void this.choose(product);
  }

  type(query: string): void {
    this.query = query;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.search(), TYPING_MS);
  }

  async search(): Promise<void> {
    const query = this.query.trim();
    if (query === "") this.found = null;
    else {
      const found = await this.read(() => this.desk.api.knowledge<{ products: Named[] }>("producten", { zoek: query }));
      if (query !== this.query.trim()) return;
      this.found = found?.products.slice(0, 8) ?? null;
    }
    this.desk.redraw();
  }

  async choose(product: string, aspect: string | null = null): Promise<void> {
    const municipality = this.municipality;
    const wanted = (this.wanted = `${product}/${municipality ?? ""}`);
    const path = `producten/${encodeURIComponent(product)}`;
    this.found = null;
    this.query = "";
    this.answer = null;
    this.aspect = null;
    const found = await this.read(() => this.desk.api.knowledge<Product>(path, { gemeente: municipality }));
    if (this.wanted !== wanted) return;
    this.product = found ?? null;
    this.desk.redraw();
    if (found && aspect) await this.show(aspect);
  }

  async show(aspect: string): Promise<void> {
    const { product } = this;
    if (!product) return;
    this.aspect = aspect;
    this.answer = "busy";
    this.desk.redraw();
    const query = { product: product.id, aspect, municipality: this.municipality };
    const answer = await this.read(() => this.desk.api.get<Answer>("answer", query));
    if (this.aspect !== aspect || this.product !== product) return;
    this.answer = answer ?? null;
    this.desk.redraw();
  }

  showParticular({ id, text, source }: Vac): void {
    this.aspect = `?${id}`;
    this.answer = { text, source, checked_on: source?.checked_on ?? null, complete: true };
    this.desk.redraw();
  }

  private get municipality(): string | null {
    return this.desk.talk?.row?.municipality ?? null;
  }

  private async read<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.desk.refused(error);
      return undefined;
    }
  }
}
