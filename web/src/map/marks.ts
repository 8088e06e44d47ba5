// The marks of the map: spots with a ring of kinds, one symbol where there is one event, names within areas.
import { svg } from "../timeline/svg.ts";
import { LANES, type Counts, type Place } from "./data.ts";
import type { Stand } from "./labels.ts";
import { arcs, REACH, type Cluster } from "./spots.ts";

/** Longest run of Tab stops: what is lighter is reached by looking closer. */
const STOPS = 40;

export interface Marked {
  /** Order of Tab: by weight. */
  events: number;
  element: SVGElement;
}

function lane(lanes: Counts): string {
  return LANES.find((one) => (lanes[one] ?? 0) > 0) ?? "life";
}

function ring(cluster: Pick<Cluster, "r" | "lanes" | "real">): SVGElement[] {
  const radius = cluster.r - 2.5;
  const found = arcs(cluster.lanes, LANES);
  const unreal = cluster.real ? "" : " unreal";
  if (!found.length) return [svg("circle", { class: "arc unknown", r: radius })];
  if (found.length === 1) return [svg("circle", { class: `arc lane-${found[0]?.lane}${unreal}`, r: radius })];
  return found.map(({ lane: name, from, length }) =>
    svg("circle", {
      class: `arc lane-${name}${unreal}`,
      r: radius,
      pathLength: 100,
      "stroke-dasharray": `0 ${from.toFixed(2)} ${length.toFixed(2)} 100`,
      transform: "rotate(-90)",
    }),
  );
}

function symbol(place: Place): SVGElement {
  const [told] = Object.keys(place.told);
  if (!told) return svg("circle", { class: "dot", r: 5 });
  return svg("use", { href: `#s-${told}`, x: -8, y: -8, width: 16, height: 16, class: `lane-${lane(place.lanes)}` });
}

/** What stands at one spot; of an area that is too small to be drawn itself, a ring in which it lies. */
export function spotMark(cluster: Cluster, href: string | null): SVGElement {
  const [place] = cluster.places;
  const alone = cluster.places.length === 1;
  const area = alone && place?.drawing !== "point";
  const reach = svg("circle", { class: "reach", r: Math.max(cluster.r + 1, REACH) });
  const parts: SVGElement[] = [reach];
  if (area) parts.push(svg("circle", { class: "area small", r: Math.max(cluster.r + 2, REACH + 1) }));
  if (alone && cluster.events === 1 && place && !area) {
    parts.push(svg("circle", { class: "ground", r: cluster.r }), symbol(place));
  } else {
    if (!alone) parts.push(svg("circle", { class: "more", r: cluster.r + 1.5 }));
    if (!area) parts.push(svg("circle", { class: "ground", r: cluster.r }), ...ring(cluster));
    parts.push(svg("text", { class: "count", y: 4 }, String(cluster.events)));
  }
  const at = { transform: `translate(${cluster.x.toFixed(1)} ${cluster.y.toFixed(1)})` };
  if (href && place) return svg("a", { class: "spot", href, "data-id": place.id, ...at }, ...parts);
  return svg("g", { class: "spot several", role: "button", "aria-haspopup": "true", ...at }, ...parts);
}

/** The name of an area or a state with its number, which is what one points at; without room only a reach is there. */
export function wholeMark(place: Place, at: { x: number; y: number }, stand: Stand | null, href: string): SVGElement {
  const made = svg("a", { class: `whole of-${place.drawing}`, href, "data-id": place.id });
  const spot = stand ?? { x: at.x, y: at.y };
  made.setAttribute("transform", `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})`);
  made.append(svg("circle", { class: "reach", r: REACH }));
  if (stand)
    made.append(svg("text", { class: "label" }, place.name, svg("tspan", { class: "n", dx: 5 }, String(place.events))));
  return made;
}

export function nameAt(name: string, stand: Stand, className: string): SVGElement {
  return svg("text", { class: className, x: stand.x, y: stand.y + 4, "text-anchor": stand.anchor }, name);
}

/** Put marks into their order, which is that of Tab, and keep the focus where it was. */
export function place(group: SVGGElement, names: readonly SVGElement[], marks: readonly Marked[]): void {
  const focused = group.contains(document.activeElement) ? document.activeElement : null;
  const before = focused?.getAttribute("data-id");
  const ordered = [...marks].sort((a, b) => b.events - a.events);
  for (const [n, { element }] of ordered.entries()) element.setAttribute("tabindex", n < STOPS ? "0" : "-1");
  group.replaceChildren(...names, ...ordered.map((one) => one.element));
  const again = before ? group.querySelector<SVGElement>(`[data-id="${CSS.escape(before)}"]`) : null;
  if (focused) (again ?? group.ownerSVGElement)?.focus({ preventScroll: true });
}
