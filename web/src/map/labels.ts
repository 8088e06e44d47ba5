// Names on the map: each in the first of its places where it covers no spot and no other name, else not at all.

export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export function crosses(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

/** Where a name may stand: the left end of its line, or its middle, at a height. */
export interface Stand {
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
}

export interface Wish<T> {
  what: T;
  width: number;
  height: number;
  stands: readonly Stand[];
}

export interface Set<T> {
  what: T;
  stand: Stand;
}

export function boxOf(stand: Stand, width: number, height: number): Box {
  const x0 = stand.anchor === "start" ? stand.x : stand.anchor === "end" ? stand.x - width : stand.x - width / 2;
  return { x0, x1: x0 + width, y0: stand.y - height / 2, y1: stand.y + height / 2 };
}

/** Stands around a spot: right of it, left, above, below. */
export function around(x: number, y: number, r: number): Stand[] {
  return [
    { x: x + r + 4, y, anchor: "start" },
    { x: x - r - 4, y, anchor: "end" },
    { x, y: y - r - 8, anchor: "middle" },
    { x, y: y + r + 9, anchor: "middle" },
  ];
}

/** Stands within an area: its middle, then above and below it. */
export function inside(x: number, y: number, step: number): Stand[] {
  return [0, -1, 1, -2, 2].map((n) => ({ x, y: y + n * step, anchor: "middle" }));
}

/** Set names in order of weight. What is set is added to `taken`. */
export function setNames<T>(wishes: readonly Wish<T>[], taken: Box[], view: Box): Set<T>[] {
  const found: Set<T>[] = [];
  for (const wish of wishes) {
    for (const stand of wish.stands) {
      const box = boxOf(stand, wish.width, wish.height);
      const inView = box.x0 >= view.x0 && box.x1 <= view.x1 && box.y0 >= view.y0 && box.y1 <= view.y1;
      if (!inView || taken.some((one) => crosses(one, box))) continue;
      taken.push(box);
      found.push({ what: wish.what, stand });
      break;
    }
  }
  return found;
}
