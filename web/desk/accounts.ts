// Accounts of agents, for an administrator: invite, change, close off, give a new way in.

import type { Desk } from "./desk.js";
import type { Account } from "./shapes.js";
import { texts } from "./texts.nl.js";
import type { ListName } from "./view.js";

export type AccountChange = Pick<Account, "name" | "role" | "skills" | "most">;

export class Accounts {
  all: readonly Account[] | null = null;
  /** The link of the last invitation or reset, shown until it is put away. */
  invitation: { readonly name: string; readonly address: string } | null = null;

  constructor(private readonly desk: Desk) {}

  show(name: ListName): void {
    if (name === "accounts") void this.load();
    else this.invitation = null;
  }

  async load(): Promise<void> {
    await this.desk.try(async () => {
      this.all = (await this.desk.api.get<{ accounts: Account[] }>("accounts")).accounts;
    });
  }

  async invite(account: AccountChange & { readonly email: string }): Promise<boolean> {
    return this.after(account.name, () => this.desk.api.post<{ invitation: string }>("accounts", account));
  }

  async reset(account: Account): Promise<boolean> {
    return this.after(account.name, () => this.desk.api.post<{ invitation: string }>(`accounts/${account.id}/reset`));
  }

  async change(id: string, account: AccountChange & { readonly disabled: boolean }): Promise<boolean> {
    const changed = await this.desk.try(() => this.desk.api.post(`accounts/${id}`, account), texts.done.saved);
    if (changed) await this.load();
    return changed;
  }

  private async after(name: string, work: () => Promise<{ invitation: string }>): Promise<boolean> {
    const made = await this.desk.try(async () => {
      this.invitation = { name, address: (await work()).invitation };
    }, texts.accounts.linkReady);
    if (made) await this.load();
    return made;
  }
}
