// The keyboard: a letter outside of fields, or Alt and that letter anywhere.

import type { Desk } from "./desk.js";

type Act = (desk: Desk) => void;

function onTalk(act: (desk: Desk, id: string) => void): Act {
  return (desk) => {
    const { talk } = desk;
    if (talk?.row?.owner === "agent" && talk.row.agent?.id === desk.me?.id) act(desk, talk.id);
  };
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

function step(by: number): Act {
  return (desk) => {
    const { view, talks: { tabs } } = desk;
    const at = view.name === "talk" ? tabs.indexOf(view.id) : by > 0 ? -1 : 0;
    const next = tabs[(at + by + tabs.length) % Math.max(1, tabs.length)];
    if (next) desk.open(next);
  };
}

const ACTS: Readonly<Record<string, Act>> = {
  n: (desk) => void desk.acts.claimNext(),
  r: () => focus("#antwoord"),
  j: step(1),
  k: step(-1),
  w: (desk) => desk.talks.arrange(desk.talks.columns < desk.talks.fits ? desk.talks.columns + 1 : 1),
  q: (desk) => desk.view.name === "talk" && desk.talks.putAside(desk.view.id),
  v: onTalk((desk) => desk.talk && void desk.acts.suggest(desk.talk)),
  z: (desk) => {
    desk.pane = "facts";
    desk.focus = "#kennis-zoek";
    desk.redraw();
  },
  i: (desk) => {
    desk.pane = "facts";
    desk.focus = "#notitie";
    desk.redraw();
  },
  d: onTalk((desk, about) => desk.show({ name: "forward", about })),
  b: onTalk((desk, about) => desk.show({ name: "handBack", about })),
  t: onTalk((desk, about) => desk.show({ name: "callback", about })),
  m: onTalk((desk, id) => desk.calendar.begin(id)),
  x: onTalk((desk, about) => desk.show({ name: "close", about })),
  o: (desk) => desk.go({ name: "start" }),
  l: (desk) => desk.go({ name: "promises" }),
  a: (desk) => desk.go({ name: "appointments" }),
  g: (desk) => desk.go({ name: "reports" }),
  s: (desk) => desk.go({ name: "search" }),
  p: () => focus("#aanwezigheid"),
  "/": (desk) => {
    if (desk.talk && desk.talk.draft === "") desk.acts.draft(desk.talk, "/");
    focus("#antwoord");
  },
  "?": (desk) => desk.show({ name: "help", about: "" }),
};

export function onKey(desk: Desk, event: KeyboardEvent): void {
  desk.live.touch();
  if (desk.phase !== "in" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (desk.dialog !== null) return;
  const field = event.target instanceof Element && event.target.closest("input, textarea, select") !== null;
  if (event.key === "Escape" && field) return (document.activeElement as HTMLElement).blur();
  if (!event.altKey && (field || !desk.preferences.letters)) return;
  const key = event.altKey ? withAlt(event) : event.key;
  const act = /^[1-9]$/.test(key) ? toTab(Number(key)) : key in ACTS ? ACTS[key] : undefined;
  if (!act) return;
  event.preventDefault();
  act(desk);
}

/** With Alt some keyboards type another sign, so the place of the key counts. */
function withAlt(event: KeyboardEvent): string {
  const match = /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code);
  return match?.[1]?.toLowerCase() ?? event.key;
}

function toTab(number: number): Act {
  return (desk) => {
    const id = desk.talks.tabs[number - 1];
    if (id) desk.open(id);
  };
}
