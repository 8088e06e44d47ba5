// The lanes with their marks, counts and silences, drawn into one group; what is there already is moved, not made anew.
import type { Answer, Bucket, Lane } from "./data.ts";
import { dayOf, isoOf, ticks, type Stretch } from "./days.ts";
import { layoutLane, placeOf, type Cluster, type Placed, type Room } from "./layout.ts";
import { measured, set, svg } from "./svg.ts";

export const AXIS = 26;
const PITCH = 21;
const PAD = 9;
const COUNTED = 44;
const TWO_LINES = 42;
const SILENCES = 17;

export interface Frame {
  view: Stretch;
  width: number;
  /** Room for the names of lanes beside them; 0: they stand above. */
  left: number;
}

export type ZoomTo = (first: number, last: number) => void;

/** Draw everything that an answer holds; returns the height that it takes. */
export function drawLanes(group: SVGGElement, answer: Answer, frame: Frame, zoomTo: ZoomTo): number {
  const known = new Map([...group.querySelectorAll<SVGAElement>("a.mark")].map((one) => [one.dataset["id"] ?? "", one]));
  const room = roomOf(answer, frame);
  const parts: SVGElement[] = [];
  const marks: SVGElement[] = [];
  const tops: number[] = [];
  const middles = new Map<string, [number, number]>();
  let top = AXIS;
  for (const [n, lane] of answer.lanes.entries()) {
    const named = frame.left ? 0 : 17;
    const mine = answer.marks.filter((mark) => mark.lane === n);
    const layout = layoutLane(mine, room);
    const counted = answer.buckets.filter((bucket) => bucket.lane === n);
    const least = frame.left && lines(lane.name, frame.left - 12).length > 1 ? TWO_LINES : 0;
    const height = counted.length ? COUNTED : Math.max(least, layout.rows * PITCH + PAD);
    parts.push(svg("line", { class: "rule", x1: -frame.left, x2: frame.width, y1: top, y2: top }));
    parts.push(laneName(lane, top, frame));
    tops.push(top);
    const first = top + named + PAD / 2 + PITCH / 2;
    for (const item of layout.placed) {
      const y = first + item.row * PITCH;
      middles.set(item.mark.id, [item.at, y]);
      marks.push(markOf(item, y, known.get(item.mark.id) ?? null));
    }
    for (const cluster of layout.clusters) marks.push(clusterOf(cluster, first, lane.tone, answer, zoomTo));
    marks.push(...bucketsOf(counted, answer, frame, top + named, lane.tone, zoomTo));
    top += named + height;
  }
  const quiet = silences(answer, frame, top);
  parts.unshift(...axis(answer, frame, top), ...quiet);
  for (const mark of answer.marks) {
    const at = middles.get(mark.id);
    if (at) parts.push(...mark.ties.map((n) => tie(at, (tops[n] ?? top) + (frame.left ? 0 : 17) + PAD / 2 + PITCH / 2)));
  }
  parts.push(svg("line", { class: "rule", x1: -frame.left, x2: frame.width, y1: top, y2: top }));
  const focused = document.activeElement;
  group.replaceChildren(...parts, ...marks);
  if (focused instanceof SVGElement && focused !== document.activeElement && group.contains(focused)) focused.focus();
  return top + 1 + (quiet.length ? SILENCES : 0);
}

function roomOf(answer: Answer, frame: Frame): Room {
  const shown = answer.marks.filter((m) => dayOf(m.last) >= frame.view.from && dayOf(m.first) < frame.view.to).length;
  return {
    view: frame.view,
    width: frame.width,
    size: shown <= 90 ? 14 : 12,
    most: frame.left ? 7 : 8,
    wish: shown <= 90 ? 170 : 0,
    measure: measured,
  };
}

/** The name of a lane; that of somebody or of a place leads to its page. */
function laneName(lane: Lane, top: number, frame: Frame): SVGElement {
  const text = svg("text", { class: `lane-name lane-${lane.tone}`, y: top + (frame.left ? 20 : 14), x: -frame.left });
  if (!frame.left) text.append(lane.name);
  else
    for (const [n, line] of lines(lane.name, frame.left - 12).slice(0, 2).entries())
      text.append(svg("tspan", { x: -frame.left, dy: n ? 14 : 0 }, line));
  return lane.href ? svg("a", { href: lane.href, class: "lane-link" }, text) : text;
}

function lines(name: string, room: number): string[] {
  const found = [""];
  for (const word of name.split(" ")) {
    const longer = `${found.at(-1)} ${word}`.trim();
    if (found.at(-1) && measured(longer) * 1.08 > room) found.push(word);
    else found[found.length - 1] = longer;
  }
  return found;
}

function markOf(item: Placed, y: number, known: SVGAElement | null): SVGAElement {
  const { mark } = item;
  const made = known ?? svg("a", { href: `/events/${encodeURIComponent(mark.id)}`, tabindex: -1, "data-id": mark.id });
  made.setAttribute("class", `mark lane-${mark.tone}${made.classList.contains("lit") ? " lit" : ""}`);
  set(made, { "aria-label": `${mark.when}: ${mark.name}`, "data-x": item.at, "data-y": y });
  const parts: SVGElement[] = [];
  parts.push(svg("rect", { class: "reach", x: item.at - 12, y: y - 12, width: 24, height: 24 }));
  if (item.bar)
    parts.push(
      svg("rect", { class: "fuzzy", x: item.x0, y: y - 4, width: item.x1 - item.x0, height: 8, fill: `url(#soft-${mark.tone})` }),
    );
  if (mark.clash) parts.push(svg("circle", { class: `ring ${mark.clash}`, cx: item.at, cy: y, r: item.size * 0.66 }));
  const half = item.size / 2;
  parts.push(
    svg("use", { href: `#s-${mark.factuality}`, x: item.at - half, y: y - half, width: item.size, height: item.size }),
  );
  if (item.label) {
    const place = item.before ? { class: "label before", x: item.x0 - 5 } : { class: "label", x: item.x1 + 5 };
    parts.push(svg("text", { ...place, y: y + 4 }, item.label));
  }
  made.replaceChildren(...parts);
  return made;
}

function button(name: string, className: string, press: () => void): SVGGElement {
  const made = svg("g", { class: className, role: "button", tabindex: -1, "aria-label": name });
  made.addEventListener("click", press);
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    press();
  });
  return made;
}

function told(first: number, last: number, count: number, answer: Answer): string {
  const days = last - first > 1 ? `${isoOf(first)} – ${isoOf(last - 1)}` : isoOf(first);
  return `${days}: ${count} ${answer.labels.events}. ${answer.labels.zoom}`;
}

function clusterOf(cluster: Cluster, y: number, tone: string, answer: Answer, zoomTo: ZoomTo): SVGElement {
  const name = told(cluster.first, cluster.last, cluster.count, answer);
  const made = button(name, `cluster lane-${tone}`, () => zoomTo(cluster.first, cluster.last));
  const width = cluster.x1 - cluster.x0;
  set(made, { "data-x": cluster.x0 + width / 2, "data-y": y, "data-marks": cluster.marks.map((m) => m.id).join(" ") });
  made.append(
    svg("rect", { x: cluster.x0, y: y - 9, width, height: 18, rx: 4 }),
    svg("text", { x: cluster.x0 + width / 2, y: y + 4 }, String(cluster.count)),
  );
  return made;
}

function bucketsOf(
  buckets: readonly Bucket[], answer: Answer, frame: Frame, top: number, tone: string, zoomTo: ZoomTo,
): SVGElement[] {
  const highest = Math.max(1, ...answer.buckets.map((bucket) => bucket.count));
  return buckets.flatMap((bucket) => {
    const [first, last] = [dayOf(bucket.first), dayOf(bucket.last) + 1];
    const [start, end] = [Math.max(0, placeOf(first, frame)), Math.min(frame.width, placeOf(last, frame))];
    if (end - start < 1) return [];
    const height = Math.max(3, (COUNTED - 20) * Math.sqrt(bucket.count / highest));
    const made = button(told(first, last, bucket.count, answer), `bucket lane-${tone}`, () => zoomTo(first, last));
    set(made, { "data-x": (start + end) / 2, "data-y": top + COUNTED - height });
    made.append(
      svg("rect", { class: "reach", x: start, y: top, width: end - start, height: COUNTED }),
      svg("rect", { class: "column", x: start + 1, y: top + COUNTED - height, width: Math.max(1, end - start - 2), height }),
    );
    const text = String(bucket.count);
    if (measured(text) < end - start - 2)
      made.append(svg("text", { x: (start + end) / 2, y: top + COUNTED - height - 4 }, text));
    return [made];
  });
}

function axis(answer: Answer, frame: Frame, bottom: number): SVGElement[] {
  const drawn: SVGElement[] = [];
  let free = -Infinity;
  for (const tick of ticks(frame.view, Math.max(3, frame.width / 44), answer.labels.months)) {
    const x = placeOf(tick.day, frame);
    drawn.push(svg("line", { class: tick.major ? "tick major" : "tick", x1: x, x2: x, y1: AXIS - 6, y2: bottom }));
    const width = measured(tick.label) * 1.1 + 6;
    if (x < free || x + width > frame.width + 6) continue;
    drawn.push(svg("text", { class: tick.major ? "when major" : "when", x: x + 4, y: AXIS - 8 }, tick.label));
    free = x + width;
  }
  return drawn;
}

/** Below the lanes: where nothing is told, hatched, with its length. */
function silences(answer: Answer, frame: Frame, top: number): SVGElement[] {
  return answer.silences.flatMap((one) => {
    const [start, end] = [placeOf(dayOf(one.first), frame), placeOf(dayOf(one.last) + 1, frame)];
    const [x0, x1] = [Math.max(0, start + 2), Math.min(frame.width, end - 2)];
    if (x1 - x0 < 12) return [];
    const drawn: SVGElement[] = [
      svg("rect", { class: "silence", x: x0, y: top + 3, width: x1 - x0, height: SILENCES - 5 }, svg("title", {}, one.told)),
    ];
    const width = measured(one.told) * 0.93;
    if (width < x1 - x0 - 16) {
      const middle = (x0 + x1) / 2;
      drawn.push(
        svg("rect", { class: "behind", x: middle - width / 2 - 5, y: top + 2, width: width + 10, height: SILENCES - 3 }),
        svg("text", { class: "silent", x: middle, y: top + 13 }, one.told),
      );
    }
    return drawn;
  });
}

function tie([x, y]: [number, number], other: number): SVGElement {
  const group = svg("g", { class: "tie" }, svg("line", { x1: x, x2: x, y1: y, y2: other }));
  group.append(svg("circle", { cx: x, cy: other, r: 3 }));
  return group;
}
