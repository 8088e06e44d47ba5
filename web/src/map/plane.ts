// The drawn map: spots, names and tints on the land; moved and zoomed with pointer, fingers and keys.
import { geoPath } from "d3-geo";
import { select, type Selection } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from "d3-zoom";
import { calm, measured, set, svg } from "../timeline/svg.ts";
import type { Answer, Frame, Place } from "./data.ts";
import { fitted, globe, scaleOf, type Weighed } from "./globe.ts";
import { around as beside, inside, setNames, type Box, type Wish } from "./labels.ts";
import { Ground, spotOf } from "./land.ts";
import { nameAt, place as putMarks, spotMark, wholeMark, type Marked } from "./marks.ts";
import { clustered, closer, type Cluster } from "./spots.ts";
import type { Land } from "./world.ts";

const MOTION = 320;
/** Pixels of a kilometre beyond which one cannot look closer. */
const CLOSEST = 1.2;
/** Areas and states that are drawn smaller than this are ringed, so that they can be seen and met. */
const TINY = 28;
const LINE = 15;

export interface Aim {
  address: (id: string) => string;
  open: (id: string) => void;
  choose: (places: readonly Place[], anchor: SVGElement) => void;
  point: (places: readonly Place[], anchor: Element) => void;
  leave: () => void;
}

interface Drawn {
  place: Place;
  x: number;
  y: number;
  tiny: boolean;
}

export class Plane {
  readonly element = svg("svg", { class: "world", role: "group", tabindex: 0 });
  private readonly ground: Ground;
  private readonly marks = svg("g", { class: "marks" });
  private readonly zooming: ZoomBehavior<SVGSVGElement, unknown>;
  private readonly plotted: Selection<SVGSVGElement, unknown, null, undefined>;
  private places: readonly Place[] = [];
  private at = "";
  private width = 0;
  private height = 0;
  private transform: ZoomTransform = zoomIdentity;
  private painting = 0;
  private moving = 0;
  private scrolled = 0;
  private placed = false;
  private labels: Frame["labels"] | null = null;
  /** Leads back to what is out of view. */
  readonly beyond = document.createElement("button");

  private readonly root: HTMLElement;
  private readonly aim: Aim;

  constructor(root: HTMLElement, aim: Aim) {
    [this.root, this.aim] = [root, aim];
    this.ground = new Ground(root.dataset);
    this.element.append(svg("rect", { class: "sea", width: "100%", height: "100%" }), this.ground.element, this.marks);
    [this.beyond.type, this.beyond.className, this.beyond.hidden] = ["button", "beyond", true];
    this.beyond.addEventListener("click", () => {
      this.whole();
      this.element.focus({ preventScroll: true });
    });
    this.plotted = select(this.element);
    this.zooming = zoom<SVGSVGElement, unknown>()
      .filter((event: Event) => this.takes(event))
      .clickDistance(4)
      .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
        this.transform = event.transform;
        this.paintSoon();
      });
    this.plotted.call(this.zooming).on("dblclick.zoom", null);
    addEventListener("scroll", () => (this.scrolled = performance.now()), { passive: true });
    this.listen();
  }

  /** Load the land. Rejects where that fails. */
  async begin(frame: Frame): Promise<void> {
    this.labels = frame.labels;
    set(this.element, { "aria-label": frame.labels.drawing });
    await this.ground.begin(frame.states);
  }

  /** Show places; the first time, most of them are brought into view. */
  fill(answer: Answer, at: string): void {
    [this.places, this.at] = [answer.places, at];
    if (!this.placed && this.width) this.project();
    this.ground.fill(this.places, at);
    this.paintSoon();
    if (this.places.length && !this.places.some((one) => this.inView(one))) this.whole();
  }

  resize(): void {
    const width = this.root.clientWidth;
    if (!width || width === this.width) return;
    const height = Math.round(Math.max(300, Math.min(width * 0.62, innerHeight * 0.62, 640)));
    const [x, y] = this.width ? this.transform.invert([this.width / 2, this.height / 2]) : [0, 0];
    const [lon = 0, lat = 0] = this.width ? (this.ground.globe.projection.invert?.([x, y]) ?? []) : [];
    const kilometre = scaleOf(this.ground.globe.projection) * this.transform.k;
    const known = this.placed;
    [this.width, this.height] = [width, height];
    set(this.element, { viewBox: `0 0 ${width} ${height}`, width, height });
    this.project();
    if (!known) return;
    const centre = this.ground.globe.projection([lon, lat]) ?? [width / 2, height / 2];
    const k = kilometre / scaleOf(this.ground.globe.projection);
    this.zooming.transform(this.plotted, this.centred(centre, k));
  }

  /** Choose the projection that suits the places, and draw the land in it. */
  private project(): void {
    this.ground.project(globe(this.places.flatMap(weighed), this.width, this.height));
    this.placed = this.places.length > 0;
    const path = geoPath(this.ground.globe.projection);
    const [[x0, y0], [x1, y1]] = path.bounds({ type: "Sphere" });
    const least = Math.min(1, Math.max(this.width / (x1 - x0), this.height / (y1 - y0)));
    const [across, down] = [this.width / least, this.height / least];
    this.zooming
      .extent([
        [0, 0],
        [this.width, this.height],
      ])
      .scaleExtent([least, Math.max(4, CLOSEST / scaleOf(this.ground.globe.projection))])
      .translateExtent([
        [Math.min(x0, (this.width - across) / 2), Math.min(y0, (this.height - down) / 2)],
        [Math.max(x1, (this.width + across) / 2), Math.max(y1, (this.height + down) / 2)],
      ]);
    this.ground.fill(this.places, this.at);
    this.zooming.transform(this.plotted, zoomIdentity);
  }

  private paintSoon(): void {
    cancelAnimationFrame(this.painting);
    this.painting = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    if (!this.width) return;
    this.ground.move(this.transform, () => this.paintSoon());
    const drawn = this.places.map((one) => this.located(one)).filter((one) => one !== null);
    const near = drawn.filter((one) => one.x > -40 && one.y > -40 && one.x < this.width + 40 && one.y < this.height + 40);
    const spots = clustered(near.filter((one) => one.place.drawing === "point" || one.tiny));
    const wide = near.filter((one) => one.place.drawing !== "point" && !one.tiny);
    const taken: Box[] = spots.map((one) => square(one.x, one.y, one.r + 1));
    const view: Box = { x0: 2, y0: 2, x1: this.width - 2, y1: this.height - 2 };
    const marks: Marked[] = spots.map((one) => this.mark(one));
    const named = setNames(wide.map(wishWithin), taken, view);
    for (const one of wide) {
      const stand = named.find((set) => set.what === one)?.stand ?? null;
      const element = wholeMark(one.place, one, stand, this.aim.address(one.place.id));
      marks.push({ events: one.place.events, element: this.tell(element, [one.place]) });
    }
    const beside = setNames(spots.map(wishBeside), taken, view);
    const names = beside.map(({ what, stand }) => nameAt(nameOf(what), stand, "label"));
    names.unshift(...this.stateNames(taken, view));
    putMarks(this.marks, names, marks);
    this.tellBeyond(drawn);
  }

  private mark(cluster: Cluster): Marked {
    const [first] = cluster.places;
    const alone = cluster.places.length === 1 && first;
    const element = spotMark(cluster, alone ? this.aim.address(first.id) : null);
    if (!alone) {
      element.addEventListener("click", () => this.openUp(cluster, element));
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        this.openUp(cluster, element);
      });
    }
    return { events: cluster.events, element: this.tell(element, cluster.places) };
  }

  /** Names of states on which nothing is told, where there is room for them. */
  private stateNames(taken: Box[], view: Box): SVGElement[] {
    const told = new Set(this.places.filter((one) => one.drawing === "state").flatMap((one) => one.states));
    const wishes: Wish<Land>[] = [];
    for (const land of this.ground.shown) {
      if (!land.name || told.has(land.code) || !this.ground.globe.faces(land.at)) continue;
      const [x, y] = this.transform.apply(this.ground.globe.projection([...land.at]) ?? [-1e6, 0]);
      if (x < 0 || y < 0 || x > this.width || y > this.height) continue;
      const [wide, high] = this.ground.sizeOf(land);
      const width = measured(land.name) * 0.95;
      if (wide * this.transform.k < width * 1.15 || high * this.transform.k < LINE * 1.6) continue;
      wishes.push({ what: land, width: width + 6, height: LINE, stands: inside(x, y, LINE) });
    }
    return setNames(wishes, taken, view).map(({ what, stand }) => nameAt(what.name, stand, "state-name"));
  }

  private tellBeyond(drawn: readonly Drawn[]): void {
    const n = this.places.length - drawn.filter((one) => this.within(one)).length;
    this.beyond.hidden = n === 0;
    this.beyond.textContent = `${n} ${(n === 1 ? this.labels?.beyond_one : this.labels?.beyond) ?? ""}`;
  }

  private located(place: Place): Drawn | null {
    const found = this.ground.locate(place);
    if (!found) return null;
    const [x, y] = this.transform.apply(found.at);
    return { place, x, y, tiny: place.drawing !== "point" && found.size * this.transform.k < TINY };
  }

  private within({ x, y }: Drawn): boolean {
    return x >= 0 && y >= 0 && x <= this.width && y <= this.height;
  }

  private tell(element: SVGElement, places: readonly Place[]): SVGElement {
    const [first] = places;
    const total = places.reduce((sum, one) => sum + one.events, 0);
    const told = places.map((one) => `${one.name}, ${one.precision}: ${one.counted}`).join("; ");
    element.setAttribute("aria-label", places.length > 1 ? `${places.length}, ${total}: ${told}` : told);
    if (places.some((one) => one.id === this.at)) {
      element.classList.add("here");
      if (first && places.length === 1) element.setAttribute("aria-current", "true");
    }
    for (const name of ["pointerenter", "focus"]) element.addEventListener(name, () => this.aim.point(places, element));
    for (const name of ["pointerleave", "blur"]) element.addEventListener(name, () => this.aim.leave());
    return element;
  }

  /** Look so close that the places of a cluster stand apart; where they never do, offer them for choice. */
  private openUp(cluster: Cluster, anchor: SVGElement): void {
    const at = cluster.places.map((one) => this.located(one)).filter((one) => one !== null);
    const [, closest] = this.zooming.scaleExtent();
    const wanted = this.transform.k * Math.min(closer(at) * 1.15, 6);
    if (closer(at) === Infinity || this.transform.k * closer(at) > closest) this.aim.choose(cluster.places, anchor);
    else this.fly(this.centred(this.transform.invert([cluster.x, cluster.y]), Math.min(closest, Math.max(wanted, this.transform.k * 1.6))));
  }

  private centred([x, y]: [number, number], k: number): ZoomTransform {
    return zoomIdentity.translate(this.width / 2 - x * k, this.height / 2 - y * k).scale(k);
  }

  private inView(place: Place): boolean {
    const at = this.located(place);
    return at !== null && this.within(at);
  }

  /** Bring all places into view. */
  whole(): void {
    const points = this.places.map((one) => this.ground.locate(one)?.at).filter((one) => one !== undefined);
    if (!points.length) return;
    const { k, at } = fitted(points, this.width, this.height);
    const [least] = this.zooming.scaleExtent();
    this.fly(this.centred(at, Math.min(Math.max(least, k), 3)));
  }

  zoomBy(factor: number): void {
    const [least, most] = this.zooming.scaleExtent();
    const k = Math.min(most, Math.max(least, this.transform.k * factor));
    this.fly(this.centred(this.transform.invert([this.width / 2, this.height / 2]), k));
  }

  panBy(across: number, down: number): void {
    const middle: [number, number] = [this.width * (0.5 + across * 0.22), this.height * (0.5 + down * 0.22)];
    this.fly(this.centred(this.transform.invert(middle), this.transform.k));
  }

  /** Move gently where motion is welcome. */
  private fly(target: ZoomTransform): void {
    cancelAnimationFrame(this.moving);
    const end = this.zooming.constrain()(target, [[0, 0], [this.width, this.height]], this.zooming.translateExtent());
    if (calm()) {
      this.zooming.transform(this.plotted, end);
      return;
    }
    const start = this.transform;
    const began = performance.now();
    const middle: [number, number] = [this.width / 2, this.height / 2];
    const [from, to] = [start.invert(middle), end.invert(middle)];
    const step = (now: number): void => {
      const part = Math.min(1, (now - began) / MOTION);
      const eased = 1 - (1 - part) ** 3;
      const k = start.k * (end.k / start.k) ** eased;
      const way = Math.abs(end.k - start.k) > 1e-6 ? (1 / k - 1 / start.k) / (1 / end.k - 1 / start.k) : eased;
      const centre: [number, number] = [from[0] + (to[0] - from[0]) * way, from[1] + (to[1] - from[1]) * way];
      this.zooming.transform(this.plotted, part < 1 ? this.centred(centre, k) : end);
      if (part < 1) this.moving = requestAnimationFrame(step);
    };
    this.moving = requestAnimationFrame(step);
  }

  private takes(event: Event): boolean {
    // One finger scrolls the page, two move the map; the wheel scrolls on where it was scrolling.
    if (event instanceof WheelEvent) return event.timeStamp - this.scrolled > 350;
    if (event instanceof MouseEvent) return event.button === 0 && !event.ctrlKey;
    return !("touches" in event) || (event as TouchEvent).touches.length > 1;
  }

  private listen(): void {
    this.element.addEventListener("click", (event) => {
      const hit = event.target instanceof Element ? event.target.closest<SVGElement>("[data-id]") : null;
      if (!hit || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.aim.open(hit.dataset["id"] ?? "");
    });
    this.ground.element.addEventListener("pointerover", (event) => {
      const id = event.target instanceof Element ? event.target.getAttribute("data-id") : null;
      const place = this.places.find((one) => one.id === id);
      const anchor = place && [...this.marks.querySelectorAll("[data-id]")].find((one) => one.getAttribute("data-id") === id);
      if (place) this.aim.point([place], anchor ?? (event.target as Element));
    });
    this.ground.element.addEventListener("pointerout", () => this.aim.leave());
    // Who walks through the places by Tab shall see where they are. (A group that listens to this would be a stop itself.)
    this.element.addEventListener("focusin", (event) => {
      if (event.target instanceof SVGElement && event.target.matches(":focus-visible")) this.element.scrollIntoView({ block: "nearest" });
    });
  }
}

function weighed(place: Place): Weighed[] {
  const spot = spotOf(place);
  return spot ? [{ spot, weight: place.events }] : [];
}

function square(x: number, y: number, r: number): Box {
  return { x0: x - r, y0: y - r, x1: x + r, y1: y + r };
}

function wishWithin(one: Drawn): Wish<Drawn> {
  const width = measured(`${one.place.name}  ${one.place.events}`) * 1.12 + 8;
  return { what: one, width, height: LINE + 2, stands: inside(one.x, one.y, LINE + 3) };
}

/** The name of the place of most events, and how many others stand with it. */
function nameOf({ places: [first, ...others] }: Cluster): string {
  return [first?.name ?? "", ...(others.length ? [`+${others.length}`] : [])].join(" ");
}

function wishBeside(cluster: Cluster): Wish<Cluster> {
  const width = measured(nameOf(cluster)) * 1.06 + 2;
  return { what: cluster, width, height: LINE, stands: beside(cluster.x, cluster.y, cluster.r) };
}
