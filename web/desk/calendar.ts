// Appointments: those of a day, and finding a free moment for a citizen.

import { newId } from "../widget/src/ids.js";
import { isoDay } from "./dates.js";
import type { Desk } from "./desk.js";
import type { Appointment, Bookable, Slots } from "./shapes.js";
import { texts } from "./texts.nl.js";
import type { ListName } from "./view.js";

const DAYS_AHEAD = 14;
const DAY_MS = 86_400_000;

export interface Wish {
  readonly municipality: string;
  readonly product: string;
  readonly amount: number;
  readonly kind: string;
  readonly location: string;
  readonly from: string;
  /** The appointment that moves: what, how and for how many then follow from it. */
  readonly reference?: string;
}

export class Calendar {
  municipality = "";
  day = "";
  appointments: readonly Appointment[] | null = null;
  products: readonly Bookable[] = [];
  wish: Wish | null = null;
  slots: Slots | "busy" | null = null;
  picked = "";
  /** The same for every try to book one picked moment, so that a lost answer never books twice. */
  private key = "";

  constructor(private readonly desk: Desk) {}

  show(name: ListName): void {
    if (name === "appointments") void this.load();
  }

  choose(change: { municipality?: string; day?: string }): void {
    Object.assign(this, change);
    void this.load();
  }

  async load(): Promise<void> {
    this.day ||= isoDay(this.desk.now);
    this.municipality ||= this.desk.municipalities[0]?.id ?? "";
    this.appointments = null;
    this.desk.redraw();
    if (!this.municipality) return; // the list of municipalities still has to come
    const query = { municipality: this.municipality, day: this.day };
    await this.desk.try(async () => {
      const { appointments } = await this.desk.api.get<{ appointments: Appointment[] }>("appointments", query);
      if (query.municipality === this.municipality && query.day === this.day) this.appointments = appointments;
    });
  }

  /** Opens the dialog for a new appointment, with what the conversation tells already. */
  begin(conversation: string): void {
    const row = this.desk.rowOf(conversation);
    this.wish = {
      municipality: row?.municipality ?? (this.municipality || this.desk.municipalities[0]?.id || ""),
      product: row?.product ?? "",
      amount: 1,
      kind: "",
      location: "",
      from: isoDay(this.desk.now),
    };
    this.slots = null;
    this.picked = "";
    this.desk.show({ name: "appointment", about: conversation });
    void this.readProducts();
  }

  beginMove(appointment: Appointment): void {
    const { municipality, kind, location, reference } = appointment;
    this.wish = { municipality, product: "", amount: 1, kind, location, from: isoDay(this.desk.now), reference };
    this.picked = "";
    this.desk.show({ name: "move", about: reference });
    void this.find();
  }

  want(change: Partial<Wish>): void {
    if (!this.wish) return;
    this.wish = { ...this.wish, ...change };
    this.picked = "";
    if (change.municipality) void this.readProducts();
    else this.look();
    this.desk.redraw();
  }

  /** How people can meet about what is wanted. */
  get kinds(): readonly string[] {
    return this.products.find(({ id }) => id === this.wish?.product)?.kinds ?? [];
  }

  private look(): void {
    const { wish, kinds } = this;
    if (!wish) return;
    if (!wish.reference && !kinds.includes(wish.kind)) this.wish = { ...wish, kind: kinds[0] ?? "" };
    if (wish.reference || kinds.length > 0) void this.find();
    else this.slots = null;
  }

  private async find(): Promise<void> {
    const { wish } = this;
    if (!wish) return;
    this.slots = "busy";
    this.desk.redraw();
    const to = isoDay(Date.parse(`${wish.from}T12:00:00Z`) + DAYS_AHEAD * DAY_MS);
    try {
      const { reference, location, from } = wish;
      const query = reference ? { reference, location, from, to } : { ...wish, to };
      const slots = await this.desk.api.get<Slots>("appointments/slots", query);
      if (this.wish === wish) this.slots = slots;
    } catch (error) {
      if (this.wish === wish) this.slots = null;
      this.desk.refused(error);
    }
    this.desk.redraw();
  }

  pick(slot: string): void {
    this.picked = slot;
    this.key = newId();
    this.desk.redraw();
  }

  async book(conversation: string, customer: Readonly<Record<string, string>>): Promise<boolean> {
    const { wish } = this;
    const [location, starts] = this.picked.split("|");
    if (!wish || !location || !starts) return false;
    let made: Appointment | null = null;
    const booked = await this.desk.try(async () => {
      const { municipality, product, amount, kind } = wish;
      const body = { key: this.key, ...(conversation && { conversation }), municipality, product, amount, kind, location, starts, customer };
      made = await this.desk.api.post<Appointment>("appointments", body);
    });
    if (!booked || !made) return false;
    this.desk.tell(texts.done.booked((made as Appointment).reference));
    const talk = this.desk.talks.get(conversation);
    if (talk) talk.insert(texts.appointments.told(made));
    if (this.desk.view.name === "appointments") void this.load();
    return true;
  }

  async move(reference: string): Promise<boolean> {
    const [location, starts] = this.picked.split("|");
    const path = `appointments/${encodeURIComponent(reference)}/move`;
    const moved = await this.desk.try(() => this.desk.api.post(path, { key: this.key, location, starts }), texts.done.moved);
    if (moved) void this.load();
    return moved;
  }

  async cancel(reference: string): Promise<void> {
    const path = `appointments/${encodeURIComponent(reference)}/cancel`;
    if (await this.desk.try(() => this.desk.api.post(path), texts.done.cancelled)) void this.load();
  }

  private async readProducts(): Promise<void> {
    const municipality = this.wish?.municipality ?? "";
    await this.desk.try(async () => {
      const { products } = await this.desk.api.get<{ products: Bookable[] }>("appointments/products", { municipality });
      if (this.wish?.municipality !== municipality) return;
      this.products = products;
      if (this.wish && !products.some(({ id }) => id === this.wish?.product)) this.wish = { ...this.wish, product: "" };
    });
    this.look();
    this.desk.redraw();
  }
}
