// Spots on the map: how large they are, and those that would touch drawn as one.
import { added, isReal, type Counts, type Place } from "./data.ts";

/** One or several places at one spot of the drawing, in pixels; the heaviest comes first. */
export interface Cluster {
  x: number;
  y: number;
  r: number;
  places: Place[];
  events: number;
  lanes: Counts;
  told: Counts;
  real: boolean;
}

export interface Located {
  place: Place;
  x: number;
  y: number;
}

const SINGLE = 8;
const SMALLEST = 11;
const LARGEST = 27;
/** Pixels that stay free between two spots. */
const GAP = 3;
/** No spot is smaller to the pointer than this. */
export const REACH = 12;

export function radiusOf(events: number): number {
  return events <= 1 ? SINGLE : Math.min(LARGEST, SMALLEST - 3 + 2.1 * Math.sqrt(events));
}

function made(members: readonly Located[]): Cluster {
  const [first] = members;
  const places = members.map((one) => one.place);
  const events = places.reduce((sum, one) => sum + one.events, 0);
  const weight = (value: (one: Located) => number): number =>
    members.reduce((sum, one) => sum + value(one) * one.place.events, 0) / Math.max(1, events);
  const told = added(places.map((one) => one.told));
  return {
    // What stands alone stands where it is, to the last digit.
    x: members.length > 1 ? weight((one) => one.x) : (first?.x ?? 0),
    y: members.length > 1 ? weight((one) => one.y) : (first?.y ?? 0),
    r: radiusOf(events) + (members.length > 1 ? 3 : 0),
    places,
    events,
    lanes: added(places.map((one) => one.lanes)),
    told,
    real: isReal(told),
  };
}

function touches(a: Cluster, b: Cluster): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < Math.max(a.r, REACH) + Math.max(b.r, REACH) + GAP;
}

/** Spots joined until none touches another; in order of weight. */
export function clustered(spots: readonly Located[]): Cluster[] {
  const order = (a: Cluster, b: Cluster): number => b.events - a.events || (a.places[0]?.id ?? "").localeCompare(b.places[0]?.id ?? "");
  let groups = spots.map((one) => ({ members: [one], drawn: made([one]) }));
  for (let joined = true; joined; ) {
    joined = false;
    groups.sort((a, b) => order(a.drawn, b.drawn));
    const kept: typeof groups = [];
    for (const group of groups) {
      const other = kept.find((one) => touches(one.drawn, group.drawn));
      if (!other) {
        kept.push(group);
        continue;
      }
      other.members = [...other.members, ...group.members].sort(
        (a, b) => b.place.events - a.place.events || a.place.id.localeCompare(b.place.id),
      );
      other.drawn = made(other.members);
      joined = true;
    }
    groups = kept;
  }
  return groups.map((one) => one.drawn).sort(order);
}

/** How many times closer one must look for the places of a cluster to stand apart; infinite where they lie on one spot. */
export function closer(spots: readonly { x: number; y: number }[]): number {
  let widest = 0;
  for (const a of spots) for (const b of spots) widest = Math.max(widest, Math.hypot(a.x - b.x, a.y - b.y));
  return widest > 0.01 ? (2 * (REACH + GAP)) / widest : Infinity;
}

/** Parts of a ring of length 100, one for each kind of event that is there: where it begins and how long it is. */
export function arcs(lanes: Counts, order: readonly string[]): { lane: string; from: number; length: number }[] {
  const there = order.filter((lane) => (lanes[lane] ?? 0) > 0);
  const total = there.reduce((sum, lane) => sum + (lanes[lane] ?? 0), 0);
  let from = 0;
  return there.map((lane) => {
    const length = (100 * (lanes[lane] ?? 0)) / total;
    const arc = { lane, from, length };
    from += length;
    return arc;
  });
}
