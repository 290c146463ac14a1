// Draws attention: the title of the page, a short sound, a notification of the browser, and words for a screen reader.

import type { Preferences } from "./preferences.js";
import { texts } from "./texts.nl.js";

export class Notices {
  private audio: AudioContext | null = null;

  constructor(private readonly preferences: () => Preferences) {}

  title(count: number): void {
    const title = count > 0 ? `(${count}) ${texts.title}` : texts.title;
    if (document.title !== title) document.title = title;
  }

  /** Something new; `text` never holds words of a citizen, because a notification shows on a locked screen too. */
  ring(text: string): void {
    if (this.preferences().sound) this.beep();
    if (!document.hasFocus()) this.show(text);
  }

  /** Asks the browser's permission; only ever called when an agent switches notifications on. */
  async ask(): Promise<boolean> {
    if (!("Notification" in window)) return false;
    return (await Notification.requestPermission()) === "granted";
  }

  private show(text: string): void {
    if (!this.preferences().notices || !("Notification" in window) || Notification.permission !== "granted") return;
    const notice = new Notification(texts.title, { body: text, tag: "wegwijs-desk" });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  }

  private beep(): void {
    try {
      this.audio ??= new AudioContext();
      const { audio } = this;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.setValueAtTime(660, audio.currentTime);
      tone.frequency.setValueAtTime(880, audio.currentTime + 0.12);
      volume.gain.setValueAtTime(0.0001, audio.currentTime);
      volume.gain.exponentialRampToValueAtTime(0.12, audio.currentTime + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.35);
      tone.connect(volume).connect(audio.destination);
      tone.start();
      tone.stop(audio.currentTime + 0.4);
    } catch {
      // No sound on this machine: title and lists still show it.
    }
  }
}
