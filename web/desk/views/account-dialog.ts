// The dialog of one account: invite a colleague, or change who somebody is at the desk.

import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "../desk.js";
import type { Role } from "../shapes.js";
import { texts } from "../texts.nl.js";
import { frame } from "./dialogs.js";
import { allValues, field, optionsView } from "./parts.js";

export function accountDialog(desk: Desk, id: string): TemplateResult {
  const t = texts.accounts;
  const account = desk.accounts.all?.find((one) => one.id === id);
  const roles = Object.entries(t.roles).map(([role, name]) => ({ id: role, name }));
  const content = html`${field("name", t.name, { value: account?.name ?? "" })} ${account ? nothing : field("email", t.email, { type: "email" })}
    <div class="field"><label for="rol">${t.role}</label><select id="rol" name="role">${optionsView(roles, account?.role ?? "agent")}</select></div>
    <fieldset>
      <legend>${t.skills}</legend>
      <p class="hint">${t.skillsHint}</p>
      ${desk.teams.map((team) => html`<label class="choice-line"><input type="checkbox" name="skills" value=${team.id} ?checked=${account?.skills.includes(team.id) ?? false} /> ${team.name}</label>`)}
    </fieldset>
    <div class="field"><label for="tegelijk">${t.most}</label><input id="tegelijk" name="most" type="number" min="1" max="20" required .value=${String(account?.most ?? 3)} /></div>
    ${account ? html`<label class="choice-line"><input type="checkbox" name="disabled" value="ja" ?checked=${account.disabled} /> ${t.disabled}</label>` : nothing}`;
  const title = account ? t.editTitle(account.name) : t.inviteTitle;
  return frame(desk, title, content, account ? texts.save : t.send, (given, event) => {
    const { name = "", email = "", role = "agent", most = "3", disabled } = given;
    const change = { name, role: role as Role, skills: allValues(event, "skills"), most: Number(most) };
    return account ? desk.accounts.change(account.id, { ...change, disabled: disabled === "ja" }) : desk.accounts.invite({ ...change, email });
  });
}
