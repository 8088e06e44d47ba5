// The land below the marks, coarse or fine as one looks closer, and the states and areas that are tinted on it.
import { geoPath } from "d3-geo";
import type { Topology } from "topojson-specification";
import { set, svg } from "../timeline/svg.ts";
import type { Frame, Place } from "./data.ts";
import { around, globe, scaleOf, type Globe, type Spot } from "./globe.ts";
import { lands, type Land } from "./world.ts";

type Box = [[number, number], [number, number]];

/** Pixels of a kilometre from which on the finer map is drawn. */
const FINE = 0.09;

export class Ground {
  readonly element = svg("g", { class: "base", "aria-hidden": "true" });
  private readonly land = svg("g", { class: "lands" });
  private readonly wholes = svg("g", { class: "wholes" });
  private coarse: Land[] = [];
  private fine: Land[] = [];
  private asking = false;
  private shownFine = false;
  private states: Frame["states"] = {};
  private tinted: readonly Place[] = [];
  private bounds = new Map<Land, Box>();
  globe: Globe = globe([], 100, 100);

  private readonly assets: DOMStringMap;

  constructor(assets: DOMStringMap) {
    this.assets = assets;
    this.element.append(this.land, this.wholes);
  }

  /** Load the land. Rejects where that fails. */
  async begin(states: Frame["states"]): Promise<void> {
    this.states = states;
    this.coarse = lands(await topology(this.assets["world"] ?? ""), states);
  }

  /** Draw everything anew, in another projection. */
  project(made: Globe): void {
    this.globe = made;
    this.bounds = new Map();
    this.draw(false);
  }

  private draw(fine: boolean): void {
    const path = geoPath(this.globe.projection);
    this.shownFine = fine && this.fine.length > 0;
    this.land.replaceChildren(...this.shown.map((one) => svg("path", { class: "land", d: path(one.shape) })));
    this.tint();
  }

  get shown(): readonly Land[] {
    return this.shownFine ? this.fine : this.coarse;
  }

  /** Follow how close one looks; `changed` is told when a finer map has come. */
  move(transform: { k: number; x: number; y: number }, changed: () => void): void {
    set(this.element, { transform: `translate(${transform.x} ${transform.y}) scale(${transform.k})` });
    const wants = scaleOf(this.globe.projection) * transform.k > FINE;
    if (this.fine.length && wants !== this.shownFine) this.draw(wants);
    const missing = this.tinted.some((one) => one.drawing === "state" && one.states.some((code) => !this.of(code)));
    if (!this.asking && (wants || missing)) {
      this.asking = true;
      void this.refine(wants).then(changed);
    }
  }

  private async refine(wants: boolean): Promise<void> {
    this.fine = lands(await topology(this.assets["fine"] ?? ""), this.states);
    this.draw(wants);
  }

  /** The land of a state; undefined where no map has it. */
  of(code: string): Land | undefined {
    const has = (land: Land): boolean => land.code === code;
    return this.shown.find(has) ?? this.coarse.find(has) ?? this.fine.find(has);
  }

  /** Width and height of a land before one looks closer. */
  sizeOf(land: Land): [number, number] {
    const box = this.bounds.get(land) ?? geoPath(this.globe.projection).bounds(land.shape);
    this.bounds.set(land, box);
    return [box[1][0] - box[0][0], box[1][1] - box[0][1]];
  }

  /** Tint states and areas by how much is told of them; `at` is the one whose lines are read. */
  fill(places: readonly Place[], at: string): void {
    // Wide areas lie below narrow ones, which could not be met otherwise.
    this.tinted = places.filter((one) => one.drawing !== "point").sort((a, b) => b.radius - a.radius);
    this.tint();
    for (const path of this.wholes.children) path.classList.toggle("here", path.getAttribute("data-id") === at);
  }

  private tint(): void {
    const path = geoPath(this.globe.projection);
    const most = Math.max(1, ...this.tinted.map((one) => one.events));
    const parts: SVGElement[] = [];
    for (const one of this.tinted) {
      const strength = (0.12 + 0.3 * Math.sqrt(one.events / most)).toFixed(2);
      const spot = spotOf(one);
      const shapes = one.drawing === "area" && spot ? [around(spot, one.radius)] : this.statesOf(one);
      const kind = one.drawing === "area" ? "area" : "tinted";
      for (const shape of shapes) parts.push(svg("path", { class: kind, d: path(shape), "fill-opacity": strength, "data-id": one.id }));
    }
    this.wholes.replaceChildren(...parts);
  }

  private statesOf(place: Place): Land["shape"][] {
    return place.states.map((code) => this.of(code)?.shape).filter((shape) => shape !== undefined);
  }

  /** Where a place is on the drawing before one looks closer, and how large; null on the far side of the globe. */
  locate(place: Place): { at: [number, number]; size: number } | null {
    const land = place.drawing === "state" ? this.of(place.states[0] ?? "") : undefined;
    const spot = land?.at ?? spotOf(place);
    const at = spot && this.globe.faces(spot) ? this.globe.projection([...spot]) : null;
    const size = land ? Math.max(...this.sizeOf(land)) : 2 * place.radius * scaleOf(this.globe.projection);
    return at && { at, size };
  }
}

/** Where a place is; null where the state is all that is known. */
export function spotOf(place: Place): Spot | null {
  return place.lon === null || place.lat === null ? null : [place.lon, place.lat];
}

async function topology(address: string): Promise<Topology> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Topology;
}
