// What the server sends for the map, under the same filters as the list below it.
import type { Bar, Labels as TimeLabels } from "../timeline/data.ts";

/** Lanes (kinds of events) in the order of the chronicle. */
export const LANES = ["talks", "dispute", "force", "relief", "order", "harm", "life"] as const;
export type LaneName = (typeof LANES)[number];
export type Counts = Partial<Record<string, number>>;

/**
 * A place with the events told of it: a spot, an area of `radius` kilometres around its middle, or a whole state.
 * `lanes` counts its events by kind, `told` by what is said of them (happened, planned, denied …).
 */
export interface Place {
  id: string;
  name: string;
  drawing: "point" | "area" | "state";
  /** Null where the state is all that is known. */
  lat: number | null;
  lon: number | null;
  radius: number;
  states: string[];
  events: number;
  precision: string;
  counted: string;
  lanes: Counts;
  told: Counts;
}

export interface Labels extends TimeLabels {
  places: string;
  choose: string;
  many: string;
  beyond: string;
  beyond_one: string;
  play: string;
  pause: string;
  back: string;
  forth: string;
  lang: string;
}

/** What changes with the filters and the days. */
export interface Answer {
  total: number;
  drawn: number;
  /** Whether kinds of events were counted. */
  kinds: boolean;
  places: Place[];
}

/** What does not change while one moves through time; `states` has code and name by the number of the drawn map. */
export interface Frame {
  span: [string, string] | null;
  strip: Bar[];
  states: Record<string, [string, string]>;
  labels: Labels;
}

/** What happened or happens; the other ways of telling an event leave open whether it did. */
export const REAL: readonly string[] = ["happened", "ongoing"];

export function isReal(told: Counts): boolean {
  return !Object.keys(told).length || REAL.some((one) => (told[one] ?? 0) > 0);
}

export function added(all: readonly Counts[]): Counts {
  const sum: Counts = {};
  for (const one of all) for (const [name, n] of Object.entries(one)) sum[name] = (sum[name] ?? 0) + (n ?? 0);
  return sum;
}
