// How a conversation begins: the citizen picks a municipality where that is open, the server makes it, and what fails is tried again.

import type { Status, Wires } from "./connection.js";
import { ApiError, type Credentials } from "./http.js";
import { backoff } from "./timers.js";
import type { Municipality } from "./wire.js";

export interface BeginningEvents {
  /** Something else to show; `status` when that is another too. */
  changed(status?: Status): void;
  begun(who: Credentials): void;
}

export class Beginning {
  /** `asleep`: nothing asked of the server yet. `choosing`: the citizen picks a municipality first. */
  phase: "asleep" | "choosing" | "starting" = "asleep";
  /** A sentence from the server about why no conversation could be started, or empty. */
  problem = "";
  municipalities: readonly Municipality[] = [];
  private attempt = 0;
  /** Grows when what is under way must not go on any more. */
  private round = 0;
  private cancelRetry = () => {};
  /** What is tried after the pause, while there is one. */
  private waiting: (() => void) | null = null;

  constructor(
    private readonly wires: Wires,
    private municipality: string | null,
    private readonly product: string,
    private readonly events: BeginningEvents,
  ) {}

  start(): Promise<void> {
    return this.municipality === null ? this.choose() : this.create();
  }

  /** `null`: the citizen does not know or it does not matter; the bot asks when it needs to. */
  pick(municipality: string | null): Promise<void> {
    this.municipality = municipality;
    return this.create();
  }

  /** Tries again at once, if a next try is waited for. */
  wake(): void {
    this.cancelRetry();
    this.waiting?.();
  }

  stop(): void {
    this.round += 1;
    this.cancelRetry();
    this.waiting = null;
    this.phase = "asleep";
  }

  /** There is a conversation: the next trouble begins with a short wait again. */
  done(): void {
    this.stop();
    this.attempt = 0;
    this.problem = "";
  }

  /** Tries again after a pause: the server's own, or one that grows. */
  tryLater(error: unknown, again: () => Promise<void>): void {
    const wait = error instanceof ApiError && error.retryAfter !== null ? error.retryAfter * 1000 : null;
    this.problem = error instanceof ApiError ? error.message : "";
    const goOn = () => {
      this.waiting = null;
      void again();
    };
    this.waiting = goOn;
    this.cancelRetry = this.wires.timers.after(wait ?? backoff(this.attempt++, this.wires.timers.random), goOn);
    this.events.changed("offline");
  }

  private async choose(): Promise<void> {
    const found = await this.ask(
      () => this.wires.http.municipalities(),
      (error) => this.tryLater(error, () => this.choose()),
    );
    if (!found) return;
    this.municipalities = found;
    this.attempt = 0;
    this.problem = "";
    this.phase = "choosing";
    this.events.changed("connecting");
  }

  private async create(): Promise<void> {
    const who = await this.ask(
      () => this.wires.http.create(this.municipality, this.product),
      (error) => this.notCreated(error),
    );
    if (who) this.events.begun(who);
  }

  private notCreated(error: unknown): void | Promise<void> {
    if (!(error instanceof ApiError && error.code === "unknown_municipality" && this.municipality !== null)) return this.tryLater(error, () => this.create());
    this.municipality = null;
    return this.choose();
  }

  /** The answer, or undefined when it failed or when nobody waits for it any more. */
  private async ask<T>(work: () => Promise<T>, failed: (error: unknown) => void | Promise<void>): Promise<T | undefined> {
    const round = ++this.round;
    this.phase = "starting";
    this.events.changed();
    try {
      const answer = await work();
      return round === this.round ? answer : undefined;
    } catch (error) {
      if (round === this.round) await failed(error);
      return undefined;
    }
  }
}
