// The way in: password with or without a second factor, the municipality's own sign-in, an invitation; and one's own account.

import { ApiError } from "./api.js";
import type { Desk } from "./desk.js";
import type { Me } from "./shapes.js";
import { texts } from "./texts.nl.js";
import { invitationIn } from "./view.js";

export class SigningIn {
  oidc: { readonly title: string } | null = null;
  password = true;
  problem = "";
  busy = false;
  wantsCode = false;
  invited: { readonly token: string; readonly name: string; readonly email: string } | null = null;
  setup: { readonly secret: string; readonly svg: string } | null = null;
  recovery: readonly string[] | null = null;
  private given = { email: "", password: "" };

  constructor(private readonly desk: Desk) {}

  /** Finds out whether somebody is signed in already, or came with an invitation. */
  async start(): Promise<void> {
    const token = invitationIn(location.hash);
    if (token) return this.welcome(token);
    try {
      this.desk.enter(await this.desk.api.get<Me>("me"));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.desk.phase = "out";
      this.begin(error.code === "signed_out" ? "" : error.message);
    }
  }

  begin(problem = ""): void {
    this.problem = problem;
    this.wantsCode = false;
    this.setup = this.recovery = null;
    this.desk.focus = "#email";
    this.desk.redraw();
    void this.ways();
  }

  private async ways(): Promise<void> {
    try {
      const ways = await this.desk.api.get<{ password: boolean; oidc: { title: string } | null }>("sign-in");
      this.password = ways.password;
      this.oidc = ways.oidc;
    } catch (error) {
      this.problem ||= error instanceof Error ? error.message : "";
    }
    this.desk.redraw();
  }

  async signIn(email: string, password: string): Promise<void> {
    this.given = { email, password };
    await this.enter(() => this.desk.api.post<Me>("sign-in", this.given));
  }

  async giveCode(code: string): Promise<void> {
    await this.enter(() => this.desk.api.post<Me>("sign-in", { ...this.given, code: code.replace(/\s/g, "") }));
  }

  async accept(password: string): Promise<void> {
    const token = this.invited?.token ?? "";
    await this.enter(() => this.desk.api.post<Me>(`invitations/${encodeURIComponent(token)}`, { password }));
  }

  private async enter(work: () => Promise<Me>): Promise<void> {
    this.busy = true;
    this.problem = "";
    this.desk.redraw();
    try {
      const me = await work();
      this.given = { email: "", password: "" };
      this.wantsCode = false;
      if (this.invited) history.replaceState(null, "", "/desk");
      this.invited = null;
      this.desk.enter(me);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.notIn(error);
    } finally {
      this.busy = false;
      this.desk.redraw();
    }
  }

  private notIn(error: ApiError): void {
    if (error.code === "code_needed" && !this.wantsCode) {
      this.wantsCode = true;
      this.desk.focus = "#code";
      return;
    }
    this.problem = error.message;
    this.desk.focus = this.wantsCode ? "#code" : this.invited ? "#wachtwoord" : "#email";
  }

  private async welcome(token: string): Promise<void> {
    this.desk.phase = "out";
    try {
      const found = await this.desk.api.get<{ name: string; email: string }>(`invitations/${encodeURIComponent(token)}`);
      this.invited = { token, ...found };
      this.desk.focus = "#wachtwoord";
    } catch (error) {
      history.replaceState(null, "", "/desk");
      this.begin(error instanceof Error ? error.message : "");
    }
    this.desk.redraw();
  }

  async signOut(everywhere = false): Promise<void> {
    if (!(await this.desk.try(() => this.desk.api.post(everywhere ? "sign-out-everywhere" : "sign-out")))) return;
    history.replaceState(null, "", "/desk");
    this.desk.view = { name: "start" };
    this.desk.leave();
  }

  changePassword(old: string, fresh: string): Promise<boolean> {
    return this.desk.try(() => this.desk.api.post("me/password", { old, new: fresh }), texts.done.password);
  }

  async beginTotp(): Promise<void> {
    await this.desk.try(async () => {
      this.recovery = null;
      this.setup = await this.desk.api.post<{ secret: string; svg: string }>("me/totp");
      this.desk.focus = "#nieuwe-code";
    });
  }

  async confirmTotp(code: string): Promise<void> {
    await this.desk.try(async () => {
      const { recovery_codes } = await this.desk.api.post<{ recovery_codes: string[] }>("me/totp/confirm", { code: code.replace(/\s/g, "") });
      this.setup = null;
      this.recovery = recovery_codes;
      this.desk.focus = "#herstelcodes";
      if (this.desk.me) this.desk.me = { ...this.desk.me, totp: true };
    });
  }

  /** The recovery codes are kept: on with the work, if that had to wait for the second factor. */
  keptCodes(): void {
    this.recovery = null;
    const { me } = this.desk;
    if (me?.totp_wanted) this.desk.enter({ ...me, totp: true, totp_wanted: false });
    else this.desk.redraw();
  }

  async stopTotp(password: string): Promise<void> {
    const stopped = await this.desk.try(() => this.desk.api.post("me/totp/off", { password }), texts.done.saved);
    if (stopped && this.desk.me) this.desk.me = { ...this.desk.me, totp: false };
    this.desk.redraw();
  }
}
