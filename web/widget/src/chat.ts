// <wegwijs-chat>: the widget itself. Holds what is on screen (open, draft) and leaves the conversation to the session.

import { LitElement, html, nothing, unsafeCSS, type TemplateResult } from "lit";
import { Announcer, spoken } from "./announcer.js";
import { fetchSettings, speakFor, wear } from "./dressing.js";
import { Extras } from "./extras.js";
import { Focus, keepFocus } from "./focus.js";
import { newId } from "./ids.js";
import { LogScroll } from "./log-scroll.js";
import { News } from "./news.js";
import { Session } from "./session.js";
import { isHidden, type Settings } from "./settings.js";
import { Shelf, openDrawer } from "./shelf.js";
import look from "./styles/all.css?inline";
import { language, texts } from "./texts.js";
import { realTimers } from "./timers.js";
import { charactersLeft, countNews } from "./views/composer.js";
import { launcherView } from "./views/launcher.js";
import { panelView, type PanelActions, type PanelState } from "./views/panel.js";
import { realWires } from "./wires.js";
import type { Message } from "./wire.js";

/** Below this the panel covers the screen; in em, so that larger text switches earlier. */
const COVERS = "(max-width: 40em), (max-height: 28em)";

export class WegwijsChat extends LitElement {
  static override styles = unsafeCSS(look);
  static override properties = {
    isOpen: { state: true },
    draft: { state: true },
    covers: { state: true },
    settings: { state: true },
  };

  declare isOpen: boolean;
  declare draft: string;
  declare covers: boolean;
  /** Null until they are there, or will not come, and on a website where the chat does not belong: then nothing shows. */
  declare settings: Settings | null;
  session!: Session;
  shelf!: Shelf;
  private cancelSettings = () => {};
  private readonly announcer = new Announcer(this, realTimers);
  private readonly news = new News((text) => this.announcer.say(text));
  private readonly position = new LogScroll(this);
  private readonly extras = new Extras(this);
  private readonly focuser = new Focus(this);
  private readonly media = matchMedia(COVERS);
  private readonly onMedia = () => (this.covers = this.media.matches);
  private readonly onOnline = () => this.session.wake();
  private readonly onSight = () => this.isOpen && !document.hidden && this.session.markSeen();

  constructor() {
    super();
    this.isOpen = false;
    this.draft = "";
    this.settings = null;
    this.covers = this.media.matches;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    speakFor(this, null);
    const origin = (this.dataset.api ?? location.origin).replace(/\/+$/, "");
    const municipality = this.dataset.municipality || null;
    this.shelf = new Shelf(`wegwijs:${origin}:${municipality ?? ""}`, openDrawer(() => localStorage), openDrawer(() => sessionStorage));
    this.draft = this.shelf.draft;
    this.session = this.newSession(origin, municipality);
    this.cancelSettings = fetchSettings(this.session.http, municipality, realTimers, (found) => {
      if (found) wear(this.renderRoot as ShadowRoot, found);
      else this.session.stop();
      this.settings = speakFor(this, found);
    });
    this.media.addEventListener("change", this.onMedia);
    addEventListener("online", this.onOnline);
    document.addEventListener("visibilitychange", this.onSight);
    if (!this.covers && (this.shelf.open ?? this.hasAttribute("data-open"))) this.show();
    else if (this.session.remembered) void this.session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session.stop();
    this.cancelSettings();
    this.media.removeEventListener("change", this.onMedia);
    removeEventListener("online", this.onOnline);
    document.removeEventListener("visibilitychange", this.onSight);
  }

  /** Name in the header. */
  get called(): string {
    return this.dataset.title ?? (this.settings?.title || texts.title);
  }

  /** Opens the chat and puts the focus in it; for a button on the page. */
  open(): void {
    this.show();
    this.focuser.inside();
  }

  minimise(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.shelf.open = false;
    this.focuser.on(".launcher");
  }

  /** Opens the chat and asks this question on behalf of the citizen, who clicked on it. */
  ask(text: string): void {
    this.extras.toTalk();
    this.open();
    this.send(text);
  }

  protected override render(): TemplateResult {
    return html`<div class="root" lang=${language} dir="ltr">${this.announcer.view()} ${this.settings ? this.whole(this.settings) : nothing}</div>`;
  }

  private whole(settings: Settings): unknown {
    if (isHidden(settings, location.pathname)) return nothing;
    const { menuOpen, sound, mail, page, move, problem, note, busy, sharing } = this.extras;
    const state: PanelState = {
      open: this.isOpen,
      missed: this.position.missed,
      covers: this.covers,
      title: this.called,
      draft: this.draft,
      settings,
      keeps: this.shelf.keeps,
      begun: this.session.transcript.messages.length > 0,
      person: settings.personButton && this.dataset.person !== "off" && this.session.transcript.owner === "bot",
      whatsapp: settings.whatsapp,
      mail: settings.mail ? "" : mail, // the server sends it
      ...{ menuOpen, sound, page, move, problem, note, busy, sharing },
    };
    const unread = this.isOpen ? 0 : this.session.unread.length;
    return html`${launcherView(this.isOpen, unread, () => this.open())} ${panelView(this.session, state, this.actions)}`;
  }

  protected override updated(): void {
    // Who somebody is and how to reach them is not kept; what was typed before such a field came goes with it.
    this.shelf.draft = this.session.transcript.wanted ? "" : this.draft;
  }

  private readonly actions: PanelActions = {
    ...this.extras.actions,
    minimise: () => this.minimise(),
    scrolled: () => this.position.look(),
    toMissed: () => this.focuser.on(this.position.toMissed(), true),
    pick: (municipality) => void this.session.pickMunicipality(municipality).then(() => this.focuser.inside()),
    day: (text) => {
      this.send(text);
      this.focuser.inside(); // the field goes away with the question
    },
    keydown: (event) => this.onKey(event),
    choose: (choice, asked) => {
      if (!this.session.transcript.isOpen(asked)) return; // the second half of a double click
      this.position.toEnd();
      this.session.choose(choice);
      this.focuser.inside(`[data-seq="${asked.seq}"]`); // the button is about to be switched off and would take the focus with it
    },
    retry: (id) => {
      this.session.retry(id);
      this.focuser.inside();
    },
    edit: (id, text) => {
      this.session.takeBack(id);
      this.draft = this.draft.trim() === "" ? text : `${text}\n${this.draft}`;
      this.focuser.inside();
    },
    typed: (text) => {
      this.announcer.say(countNews(this.draft, text));
      this.draft = text;
      this.session.typing(text);
    },
    submit: () => {
      const left = charactersLeft(this.draft);
      if (left < 0) return this.announcer.say(texts.tooLong(-left));
      this.send(this.draft.trim());
      this.draft = "";
    },
  };

  restart(): void {
    void this.session.restart().then(() => this.focuser.inside());
  }

  say(text: string): void {
    this.announcer.say(text);
  }

  focusOn(selector: string): void {
    if (selector === "") this.focuser.inside();
    else this.focuser.on(selector);
  }

  private send(text: string): void {
    if (text === "") return;
    this.extras.note = "";
    this.position.toEnd();
    this.session.send(text);
  }

  private show(): void {
    this.isOpen = true;
    this.shelf.open = true;
    this.extras.opened();
    this.position.toEnd();
    void this.session.start();
    this.sessionChanged();
  }

  private newSession(origin: string, municipality: string | null): Session {
    const events = {
      changed: () => this.sessionChanged(),
      arrived: (messages: readonly Message[]) => this.arrived(messages),
      moved: () => this.extras.moved(),
    };
    return new Session(realWires(origin), this.shelf, municipality, newId, events, this.dataset.product);
  }

  private sessionChanged(): void {
    this.news.tell(this.session, this.isOpen);
    if (this.isOpen) this.position.toMessage(this.session.unread[0]?.seq);
    this.onSight();
    this.requestUpdate();
  }

  private arrived(messages: readonly Message[]): void {
    const others = messages.filter((message) => message.author !== "citizen");
    if (others.length === 0) return;
    this.extras.heard();
    const { transcript } = this.session;
    if (this.isOpen) others.forEach((message) => this.announcer.sayPieces(spoken(message, transcript.agentAt(message.seq))));
    else this.announcer.say(texts.newMessage);
    this.position.toMessage(others[0]?.seq);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (!this.extras.escape()) this.minimise();
    } else if (event.key === "Tab" && this.covers) {
      keepFocus(event, this.renderRoot as ShadowRoot);
    }
  }
}
