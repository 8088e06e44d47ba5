// Which sentence comes next among those that need a look.

const NEEDS = new Set(["bad", "unsure", "unfound"]);

export function needsLook(tones: Iterable<string>): boolean {
  for (const tone of tones) if (NEEDS.has(tone)) return true;
  return false;
}

/** The place of the next (or previous) one that fits, from a place on (-1: before the first); itself where there is none. */
export function nextFit(fits: readonly boolean[], at: number, step: 1 | -1): number {
  const start = at < 0 && step < 0 ? fits.length : at;
  for (let place = start + step; place >= 0 && place < fits.length; place += step) if (fits[place]) return place;
  return at;
}
