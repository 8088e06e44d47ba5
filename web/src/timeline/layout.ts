// Where marks stand: rows in which nothing touches, counts where there are too many, labels in the room that is left.
import { dayOf, type Stretch } from "./days.ts";
import type { Mark } from "./data.ts";

/** A mark in a row: from `x0` to `x1` reaches what is drawn of it, `at` is where its symbol stands. */
export interface Placed {
  mark: Mark;
  at: number;
  x0: number;
  x1: number;
  bar: boolean;
  size: number;
  row: number;
  label: string;
  /** Whether the label stands before the mark, as there is no room behind it. */
  before: boolean;
}

/** Marks that stand too close to be told apart: how many, and the days that show them. */
export interface Cluster {
  x0: number;
  x1: number;
  count: number;
  first: number;
  last: number;
  marks: Mark[];
}

export interface LaneLayout {
  placed: Placed[];
  clusters: Cluster[];
  rows: number;
}

export interface Room {
  view: Stretch;
  width: number;
  size: number;
  most: number;
  /** Widest room that a label is given, in pixels; 0: no label takes any room from a mark. */
  wish: number;
  measure: (text: string) => number;
}

/** Pixels of a day within what is in view. */
export function placeOf(day: number, room: Pick<Room, "view" | "width">): number {
  return ((day - room.view.from) / (room.view.to - room.view.from)) * room.width;
}

/** Marks grow with the number of independent origins, up to three. */
export function sizeOf(origins: number, base: number): number {
  return base * ([1, 1, 1.2, 1.4][Math.min(3, origins)] ?? 1);
}

const APART = 4;
const COLUMN = 26;

function put(mark: Mark, room: Room): Placed | null {
  const [first, last] = [dayOf(mark.first), dayOf(mark.last) + 1];
  if (last <= room.view.from || first >= room.view.to) return null;
  const [start, end] = [placeOf(first, room), placeOf(last, room)];
  const size = sizeOf(mark.origins, room.size);
  // A bar that reaches beyond what is in view keeps its symbol in sight.
  const at = (Math.max(0, start) + Math.min(room.width, end)) / 2;
  const bar = last - first > 1 && end - start > size;
  return {
    mark,
    at,
    x0: Math.min(bar ? Math.max(-8, start) : at, at - size / 2),
    x1: Math.max(bar ? Math.min(room.width + 8, end) : at, at + size / 2),
    bar,
    size,
    row: 0,
    label: "",
    before: false,
  };
}

function stack(items: Placed[], clusters: readonly Cluster[], room: Room, wish: number): number {
  const ends: number[] = clusters.length ? [Infinity] : [];
  for (const item of items) {
    const free = ends.findIndex((end) => end <= item.x0 - APART);
    item.row = free < 0 ? ends.length : free;
    ends[item.row] = item.x1 + (wish ? Math.min(wish, room.measure(item.mark.name) + 8) : 0);
  }
  return ends.length;
}

/** Columns in which more marks overlap than there are rows; what stands there is counted instead of drawn. */
function gathered(items: readonly Placed[], room: Room): [Placed[], Cluster[]] {
  const columns = Math.ceil(room.width / COLUMN);
  const depth = new Array<number>(columns).fill(0);
  const column = (x: number): number => Math.min(columns - 1, Math.max(0, Math.floor(x / COLUMN)));
  for (const item of items)
    for (let n = column(item.x0 - APART / 2); n <= column(item.x1 + APART / 2); n += 1) depth[n] = (depth[n] ?? 0) + 1;
  const clusters = new Map<number, Cluster>();
  const kept: Placed[] = [];
  for (const item of items) {
    const n = column(item.at);
    if ((depth[n] ?? 0) <= room.most || item.x1 - item.x0 > 3 * COLUMN) {
      kept.push(item);
      continue;
    }
    const [first, last] = [dayOf(item.mark.first), dayOf(item.mark.last) + 1];
    const found = clusters.get(n);
    if (found) {
      found.count += 1;
      found.first = Math.min(found.first, first);
      found.last = Math.max(found.last, last);
      found.marks.push(item.mark);
    } else
      clusters.set(n, { x0: n * COLUMN + 1, x1: (n + 1) * COLUMN - 1, count: 1, first, last, marks: [item.mark] });
  }
  return [kept, [...clusters.values()].sort((a, b) => a.x0 - b.x0)];
}

/** Lay out the marks of one lane: as many rows as it needs up to `most`, then counts; labels never overlap anything. */
export function layoutLane(marks: readonly Mark[], room: Room): LaneLayout {
  let placed = marks.map((mark) => put(mark, room)).filter((one) => one !== null);
  placed.sort((a, b) => a.x0 - b.x0 || a.mark.n - b.mark.n);
  let clusters: Cluster[] = [];
  let rows = 0;
  for (const wish of room.wish ? [room.wish, room.wish / 2, 0] : [0]) {
    rows = stack(placed, [], room, wish);
    if (rows <= room.most) break;
  }
  if (rows > room.most) {
    [placed, clusters] = gathered(placed, room);
    rows = stack(placed, clusters, room, 0);
  }
  labelled(placed, room);
  return { placed, clusters, rows: Math.max(1, rows) };
}

function labelled(placed: readonly Placed[], room: Room): void {
  const next = new Map<number, number>();
  for (const item of [...placed].reverse()) {
    const end = next.get(item.row) ?? room.width;
    item.label = fitting(item.mark.name, end - item.x1 - 10, room.measure);
    next.set(item.row, item.x0);
  }
  const taken = new Map<number, number>();
  for (const item of placed) {
    const free = item.x0 - (taken.get(item.row) ?? 0) - 12;
    const told = item.label === item.mark.name ? "" : fitting(item.mark.name, Math.min(free, 260), room.measure);
    if (told.length > item.label.length) [item.label, item.before] = [told, true];
    taken.set(item.row, item.x1 + (item.label && !item.before ? room.measure(item.label) + 8 : 0));
  }
}

/** The text, cut at a word where the room ends; nothing where less than a few letters fit. */
export function fitting(text: string, room: number, measure: (text: string) => number): string {
  if (room < 30) return "";
  if (measure(text) <= room) return text;
  const words = text.split(" ");
  while (words.length > 1) {
    words.pop();
    const cut = `${words.join(" ").replace(/[\s,:–→…]+$/u, "")} …`;
    if (measure(cut) <= room) return cut.length >= 6 ? cut : "";
  }
  return "";
}
