// <wegwijs-chat>: the widget itself. Holds what is on screen (open, draft) and leaves the conversation to the session.

import { LitElement, html, type PropertyValues, type TemplateResult } from "lit";
import { Announcer, spoken } from "./announcer.js";
import { createHttp } from "./http.js";
import { newId } from "./ids.js";
import type { Socket } from "./live-link.js";
import { LogScroll } from "./log-scroll.js";
import { Session } from "./session.js";
import { Shelf, openDrawer } from "./shelf.js";
import { controls } from "./styles/controls.js";
import { frame } from "./styles/frame.js";
import { messages as messageStyles } from "./styles/messages.js";
import { tokens } from "./styles/tokens.js";
import { texts } from "./texts.nl.js";
import { realTimers } from "./timers.js";
import { charactersLeft, countText } from "./views/composer.js";
import { launcherView } from "./views/launcher.js";
import { panelView, type PanelActions } from "./views/panel.js";
import type { Message } from "./wire.js";

/** Below this the panel covers the screen; in em, so that larger text switches earlier. */
const COVERS = "(max-width: 40em), (max-height: 28em)";
const TOUCH = "(hover: none) and (pointer: coarse)";
const SAY_COUNT_AT = [100, 50, 10, 0];

export class WegwijsChat extends LitElement {
  static override styles = [tokens, frame, messageStyles, controls];
  static override properties = {
    isOpen: { state: true },
    draft: { state: true },
    covers: { state: true },
  };

  declare isOpen: boolean;
  declare draft: string;
  declare covers: boolean;
  private session!: Session;
  private shelf!: Shelf;
  private wasOffline = false;
  private readonly announcer = new Announcer(this, realTimers);
  private readonly position = new LogScroll(this);
  private readonly media = matchMedia(COVERS);
  private readonly onMedia = () => (this.covers = this.media.matches);
  private readonly onOnline = () => this.session.wake();

  constructor() {
    super();
    this.isOpen = false;
    this.draft = "";
    this.covers = this.media.matches;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const origin = (this.dataset.api ?? location.origin).replace(/\/+$/, "");
    const municipality = this.dataset.municipality || null;
    this.shelf = new Shelf(`wegwijs:${origin}:${municipality ?? ""}`, openDrawer(() => localStorage), openDrawer(() => sessionStorage));
    this.session = this.newSession(origin, municipality);
    this.media.addEventListener("change", this.onMedia);
    addEventListener("online", this.onOnline);
    if (!this.covers && (this.shelf.open ?? this.hasAttribute("data-open"))) this.show();
    else if (this.session.remembered) void this.session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session.stop();
    this.media.removeEventListener("change", this.onMedia);
    removeEventListener("online", this.onOnline);
  }

  /** Opens the chat and puts the focus in it; for a button on the page. */
  open(): void {
    this.show();
    void this.updateComplete.then(() => this.focusInside());
  }

  minimise(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.shelf.open = false;
    void this.updateComplete.then(() => this.find<HTMLElement>(".launcher")?.focus());
  }

  /** Opens the chat and asks this question on behalf of the citizen, who clicked on it. */
  ask(text: string): void {
    this.open();
    this.send(text);
  }

  protected override render(): TemplateResult {
    const state = { open: this.isOpen, covers: this.covers, title: this.dataset.title ?? texts.title, draft: this.draft };
    const unread = this.isOpen ? 0 : this.session.unread;
    return html`<div class="root">
      ${this.announcer.view()} ${launcherView(this.isOpen, unread, () => this.open())} ${panelView(this.session, state, this.actions)}
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("isOpen") && this.isOpen) this.position.toEnd();
  }

  private readonly actions: PanelActions = {
    minimise: () => this.minimise(),
    restart: () => void this.session.restart().then(() => this.focusInside()),
    pick: (municipality) => void this.session.pickMunicipality(municipality).then(() => this.focusInside()),
    keydown: (event) => this.onKey(event),
    choose: (choice) => {
      const asked = this.session.transcript.openChoicesSeq;
      this.position.toEnd();
      this.session.choose(choice);
      this.focusInside(`[data-seq="${asked}"]`); // the button is about to be switched off and would take the focus with it
    },
    retry: (id) => {
      this.session.retry(id);
      this.focusInside();
    },
    edit: (id, text) => {
      this.session.takeBack(id);
      this.draft = this.draft.trim() === "" ? text : `${text}\n${this.draft}`;
      this.focusInside();
    },
    typed: (text) => {
      const before = charactersLeft(this.draft);
      this.draft = text;
      this.sayCount(before, charactersLeft(text));
    },
    submit: () => {
      const left = charactersLeft(this.draft);
      if (left < 0) return this.announcer.say(texts.tooLong(-left));
      this.send(this.draft.trim());
      this.draft = "";
    },
  };

  private send(text: string): void {
    if (text === "") return;
    this.position.toEnd();
    this.session.send(text);
  }

  private show(): void {
    this.isOpen = true;
    this.shelf.open = true;
    void this.session.start();
    this.session.markSeen();
  }

  private newSession(origin: string, municipality: string | null): Session {
    const wires = {
      http: createHttp(origin, (input, init) => fetch(input, init), realTimers),
      openSocket: (url: string): Socket => new WebSocket(url) as Socket,
      timers: realTimers,
      liveUrl: (id: string) => `${origin.replace(/^http/, "ws")}/api/v1/conversations/${encodeURIComponent(id)}/live`,
    };
    return new Session(wires, this.shelf, municipality, newId, {
      changed: () => this.sessionChanged(),
      arrived: (messages) => this.arrived(messages),
    });
  }

  private sessionChanged(): void {
    const offline = this.session.status === "offline";
    if (offline !== this.wasOffline && this.isOpen) this.announcer.say(offline ? texts.offline : texts.backOnline);
    this.wasOffline = offline;
    if (this.isOpen) this.session.markSeen();
    this.requestUpdate();
  }

  private arrived(messages: readonly Message[]): void {
    const others = messages.filter((message) => message.author !== "citizen");
    if (others.length === 0) return;
    if (this.isOpen) others.forEach((message) => this.announcer.say(spoken(message)));
    else this.announcer.say(texts.newMessage);
    this.position.toMessage(others[0]?.seq ?? 0);
  }

  private sayCount(before: number, after: number): void {
    if (SAY_COUNT_AT.some((mark) => before > mark && after <= mark)) this.announcer.say(countText(after));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.minimise();
    } else if (event.key === "Tab" && this.covers) {
      this.keepFocus(event);
    }
  }

  /** Only where the panel covers the page: there, focus behind it would be invisible. */
  private keepFocus(event: KeyboardEvent): void {
    const stops = [...this.renderRoot.querySelectorAll<HTMLElement>(".panel :is(a[href], button:not(:disabled), textarea, [tabindex='0'])")];
    const first = stops[0];
    const last = stops[stops.length - 1];
    const focused = this.shadowRoot?.activeElement;
    const leaving = event.shiftKey ? focused === first || focused === this.find("#wegwijs-title") : focused === last;
    if (!leaving) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }

  /** With touch not the text box, whose keyboard would cover the talk, but the title or the message just used. */
  private focusInside(place = "#wegwijs-title"): void {
    void this.updateComplete.then(() => {
      const box = matchMedia(TOUCH).matches ? null : this.find<HTMLElement>("textarea");
      (box ?? this.find<HTMLElement>(place))?.focus({ preventScroll: box === null });
    });
  }

  private find<Found extends Element>(selector: string): Found | null {
    return this.renderRoot.querySelector<Found>(selector);
  }
}
