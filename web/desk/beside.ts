// Which conversations stand next to each other, from left to right. No DOM.

export const MOST = 3;
/** From here on the lists and facts keep their width, and two stand next to each other by themselves; as in styles/frame.css. */
export const ROOMY_REM = 100;

/**
 * `shown` as it must be when `here` is in view: what stands stays where it is, a newcomer takes the place of `before`
 * when there is no room, and free room is filled in the order of the tabs.
 */
export function placed(shown: readonly string[], here: string, before: string, tabs: readonly string[], room: number): readonly string[] {
  let kept = shown.filter((id) => tabs.includes(id));
  if (!kept.includes(here)) {
    const at = kept.indexOf(before);
    kept = kept.length < room || at < 0 ? [...kept, here] : kept.map((id, place) => (place === at ? here : id));
  }
  while (kept.length > room) {
    const last = kept[kept.length - 1] === here ? kept.length - 2 : kept.length - 1;
    kept = kept.filter((_, at) => at !== last);
  }
  for (const id of tabs) if (kept.length < room && !kept.includes(id)) kept = [...kept, id];
  return kept;
}

/** How many fit: `width` of the page, `rem` and what stands beside them in the same pixels. */
export function fitting(width: number, rem: number, facts: boolean): number {
  const roomy = width >= ROOMY_REM * rem;
  const free = width - (roomy ? 19 : 15) * rem - (facts ? (roomy ? 23 : 17) * rem : 0);
  return Math.max(1, Math.min(MOST, Math.floor(free / (22 * rem))));
}
