// Layers in the address, what a click on overlapping marks means, and places in code points: all without a page.
export const LAYERS = ["zones", "names", "times", "quotations", "claims", "events"] as const;
export type Layer = (typeof LAYERS)[number];

const OF_REF: Readonly<Record<string, Layer>> = { e: "names", t: "times", q: "quotations", c: "claims", v: "events" };

/** The layer that a local identifier belongs to: "e3" is a name, "q1" a quotation. */
export function layerOf(ref: string): Layer | undefined {
  return OF_REF[ref.charAt(0)];
}

export function isLayer(name: string | undefined): name is Layer {
  return LAYERS.some((layer) => layer === name);
}

/** Layers with one of them switched, in their order; "none" switches all off. */
export function switched(active: readonly Layer[], name: string): Layer[] {
  if (name === "none") return [];
  return LAYERS.filter((layer) => active.includes(layer) !== (layer === name));
}

/** The query of an address with these layers; they are written out as "names,events", or "none". */
export function withLayers(query: string, active: readonly Layer[]): string {
  const parameters = new URLSearchParams(query);
  parameters.set("layers", active.length ? active.join(",") : "none");
  return `?${parameters.toString().replaceAll("%2C", ",")}`;
}

/** Of the things marked at one place, what a click chooses: the shortest, and with each further click the next. */
export function chosen(refs: readonly string[], active: readonly Layer[], last: string | undefined): string | undefined {
  const there = refs.filter((ref) => {
    const layer = layerOf(ref);
    return layer !== undefined && active.includes(layer);
  });
  const at = last === undefined ? -1 : there.indexOf(last);
  return there[(at + 1) % there.length];
}

/** Where a step leads in a list: the ends hold. */
export function stepped(at: number, step: 1 | -1, count: number): number {
  return Math.min(count - 1, Math.max(0, at + step));
}

/** Number of code points of a text, as offsets count them. */
export function codePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // The first half of a pair is counted with the second one.
    if (unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length) {
      const next = text.charCodeAt(at + 1);
      if (next >= 0xdc00 && next <= 0xdfff) at += 1;
    }
    count += 1;
  }
  return count;
}

/** How many code units the first `points` code points of a text take. */
export function unitsOf(text: string, points: number): number {
  let at = 0;
  for (let left = points; left > 0 && at < text.length; left -= 1) {
    const unit = text.codePointAt(at) ?? 0;
    at += unit > 0xffff ? 2 : 1;
  }
  return at;
}

/** The passage that an address names ("?at=120-240"). */
export function passage(address: string): readonly [number, number] | undefined {
  const match = /[?&]at=(\d{1,9})-(\d{1,9})/.exec(address);
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = Number(match[2]);
  return start < end ? [start, end] : undefined;
}

/** The first of `count` places at which something holds that holds from there on; `count` where it never does. */
export function firstWhere(count: number, holds: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
