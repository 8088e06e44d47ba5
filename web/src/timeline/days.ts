// Days as whole numbers since 1970 (UTC), and stretches of them: what is in view, moved and zoomed within bounds.

/** From the start of the day `from` to the start of the day `to`; parts of days while zooming. */
export interface Stretch {
  from: number;
  to: number;
}

const DAY = 86_400_000;
/** Fewest days in view. */
export const CLOSEST = 7;

export function dayOf(iso: string): number {
  const [year = 1970, month = 1, day = 1] = iso.split("-").map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY);
}

export function dateOf(day: number): Date {
  return new Date(day * DAY);
}

export function isoOf(day: number): string {
  const date = dateOf(Math.floor(day));
  const part = (value: number, length: number): string => String(value).padStart(length, "0");
  return `${part(date.getUTCFullYear(), 4)}-${part(date.getUTCMonth() + 1, 2)}-${part(date.getUTCDate(), 2)}`;
}

/** The whole period with some room at both ends, so that no mark stands at the edge; never less than `CLOSEST`. */
export function bounds(first: string, last: string): Stretch {
  const from = dayOf(first);
  const to = dayOf(last) + 1;
  const room = Math.max(3, Math.round((to - from) * 0.02), Math.ceil((CLOSEST - (to - from)) / 2));
  return { from: from - room, to: to + room };
}

/** A stretch moved so that it lies within the whole, and made no longer than it. */
export function within(stretch: Stretch, whole: Stretch): Stretch {
  const length = Math.min(whole.to - whole.from, Math.max(CLOSEST, stretch.to - stretch.from));
  const middle = (stretch.from + stretch.to) / 2;
  const from = Math.min(Math.max(whole.from, middle - length / 2), whole.to - length);
  return { from, to: from + length };
}

/** The stretch seen `factor` times as close, with the day `at` staying where it is. */
export function zoomed(stretch: Stretch, factor: number, whole: Stretch, at?: number): Stretch {
  const length = stretch.to - stretch.from;
  const wanted = Math.min(whole.to - whole.from, Math.max(CLOSEST, length / factor));
  const fixed = at ?? (stretch.from + stretch.to) / 2;
  const share = (fixed - stretch.from) / length;
  return within({ from: fixed - share * wanted, to: fixed + (1 - share) * wanted }, whole);
}

export function moved(stretch: Stretch, days: number, whole: Stretch): Stretch {
  return within({ from: stretch.from + days, to: stretch.to + days }, whole);
}

/** Whether a stretch shows (all but) everything: then the address names no days. */
export function isWhole(stretch: Stretch, whole: Stretch): boolean {
  return stretch.to - stretch.from >= (whole.to - whole.from) * 0.995;
}

/** First and last whole day of a stretch, as the address names them. */
export function daysIn(stretch: Stretch): [string, string] {
  return [isoOf(Math.round(stretch.from)), isoOf(Math.max(Math.round(stretch.from), Math.round(stretch.to) - 1))];
}

export interface Tick {
  day: number;
  label: string;
  major: boolean;
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Ticks as dense as `most` allows: days, months or years, each labelled as briefly as it can be told. */
export function ticks(stretch: Stretch, most: number, months: readonly string[]): Tick[] {
  const length = stretch.to - stretch.from;
  if (length / 7 <= most && length <= 100) return byDays(stretch, length <= most ? 1 : 7, months);
  for (const step of [1, 2, 3, 6]) if (length / (30.44 * step) <= most) return byMonths(stretch, step, months);
  const step = STEPS.find((one) => length / (365.25 * one) <= most) ?? 1000;
  const found: Tick[] = [];
  const first = Math.ceil(dateOf(stretch.from).getUTCFullYear() / step) * step;
  for (let year = first; ; year += step) {
    const day = dayOf(`${year}-01-01`);
    if (day > stretch.to) return found;
    if (day >= stretch.from) found.push({ day, label: String(year), major: true });
  }
}

function byMonths(stretch: Stretch, step: number, months: readonly string[]): Tick[] {
  const found: Tick[] = [];
  const start = dateOf(stretch.from);
  for (let n = start.getUTCFullYear() * 12; ; n += step) {
    const [year, month] = [Math.floor(n / 12), n % 12];
    const day = dayOf(`${year}-${month + 1}-1`);
    if (day > stretch.to) return found;
    if (day >= stretch.from)
      found.push({ day, label: month === 0 ? String(year) : (months[month] ?? ""), major: month === 0 });
  }
}

function byDays(stretch: Stretch, step: number, months: readonly string[]): Tick[] {
  const found: Tick[] = [];
  for (let day = Math.ceil(stretch.from); day <= stretch.to; day += 1) {
    const date = dateOf(day);
    const number = date.getUTCDate();
    const monday = date.getUTCDay() === 1 && number > 4 && number < 27;
    if (number === 1) {
      const month = date.getUTCMonth();
      const name = months[month] ?? "";
      found.push({ day, label: month === 0 ? `${name} ${date.getUTCFullYear()}` : name, major: true });
    } else if (step === 1 ? number > 2 : monday) found.push({ day, label: `${number}.`, major: false });
  }
  return found;
}
