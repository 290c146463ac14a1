// Where the citizen is, when they and their browser want to tell.

import { NotShared } from "./files.js";
import { texts } from "./texts.js";
import type { Place } from "./wire.js";

/** Five decimals are about a metre; more is nobody's business. */
const DECIMALS = 5;
const REFUSED = 1;
const OPTIONS: PositionOptions = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 };

/** Whether this browser could tell, on this page. */
export function canLocate(): boolean {
  return globalThis.isSecureContext && "geolocation" in navigator;
}

/** Rejects with NotShared. */
export function whereAmI(): Promise<Place> {
  return new Promise((resolve, reject) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: rounded(coords.latitude), longitude: rounded(coords.longitude) }),
      ({ code }) => reject(new NotShared(code === REFUSED ? texts.placeRefused : texts.placeNotFound)),
      OPTIONS,
    ),
  );
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS));
}
