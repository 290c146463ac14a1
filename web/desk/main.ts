// The page of the agents: draws the desk each time something changed, and listens to the whole window.

import { render } from "lit";
import { Desk } from "./desk.js";
import { onKey } from "./keys.js";
import { Scroll } from "./scroll.js";
import { pageView } from "./views/page.js";

const TICK_MS = 15_000;

const root = document.getElementById("werkplek");
if (!root) throw new Error("#werkplek is missing");

let drawing = false;
const scroll = new Scroll();
const desk = new Desk(() => {
  if (drawing) return;
  drawing = true;
  queueMicrotask(draw);
});

function draw(): void {
  drawing = false;
  scroll.before();
  if (desk.dialog === null) document.querySelector("dialog")?.close(); // gives the focus back to where it was
  render(pageView(desk), root as HTMLElement);
  scroll.after();
  showDialog();
  if (desk.focus === null) return;
  const wanted = desk.focus.split(", ").map((one) => document.querySelector<HTMLElement>(one)).find((found) => found !== null);
  if (!wanted) return; // not there yet: what is asked for still has to come
  desk.focus = null;
  wanted.focus();
}

function showDialog(): void {
  const dialog = document.querySelector("dialog");
  if (dialog && !dialog.open) dialog.showModal();
}

addEventListener("keydown", (event) => onKey(desk, event));
addEventListener("pointerdown", () => desk.live.touch());
addEventListener("focus", () => (desk.live.seen(), desk.live.hurry()));
addEventListener("resize", () => (desk.talks.place(), desk.redraw()));
addEventListener("online", () => desk.live.hurry());
setInterval(() => desk.phase === "in" && desk.redraw(), TICK_MS); // waiting times grow
void desk.signing.start();
