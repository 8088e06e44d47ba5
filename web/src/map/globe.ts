// Which projection shows some places best, and what of it is in view; both are true to area, as tints are compared.
import { geoAzimuthalEqualArea, geoCircle, geoDistance, geoEqualEarth, type GeoPermissibleObjects, type GeoProjection } from "d3-geo";

export type Spot = readonly [lon: number, lat: number];

/** A spot with how much is told of it. */
export interface Weighed {
  spot: Spot;
  weight: number;
}

/** Middle of Europe: what is shown where there is nothing to show. */
export const EUROPE: Spot = [13, 50];

const DEGREE = Math.PI / 180;
const EARTH = 6371.0088;
/** Places farther than this from the middle are those of the whole world. */
const REGION = 100;
/** So far around the middle is seen at the least, in degrees. */
const LEAST = 9;
const EDGE = 118;
/** Share of all that is told which is in view at the start, where the rest lies far away. */
const MOST = 0.8;
const FAR = 1.7;

function apart(one: Spot, other: Spot): number {
  return geoDistance([...one], [...other]) / DEGREE;
}

/** The middle of places on the globe; null where there is none, or none that means anything. */
export function middle(places: readonly Spot[]): Spot | null {
  const sum = [0, 0, 0];
  for (const [lon, lat] of places) {
    const [l, p] = [lon * DEGREE, lat * DEGREE];
    const at = [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
    for (const [n, one] of at.entries()) sum[n] = (sum[n] ?? 0) + one;
  }
  const [x = 0, y = 0, z = 0] = sum;
  const length = Math.hypot(x, y, z);
  if (length < 1e-6 * Math.max(1, places.length)) return null;
  return [Math.atan2(y, x) / DEGREE, Math.asin(z / length) / DEGREE];
}

export function reach(places: readonly Spot[], from: Spot): number {
  return Math.max(0, ...places.map((one) => apart(one, from)));
}

/** Where most is told: without places far off that few events are told of. */
export function bulk(places: readonly Weighed[]): Spot[] {
  const all = places.map((one) => one.spot);
  let least = Infinity;
  let heart: Spot | undefined;
  for (const one of places) {
    const sum = places.reduce((total, other) => total + other.weight * apart(one.spot, other.spot), 0);
    if (sum < least) [least, heart] = [sum, one.spot];
  }
  if (!heart) return all;
  const from = heart;
  const ordered = [...places].sort((a, b) => apart(a.spot, from) - apart(b.spot, from));
  const wanted = MOST * places.reduce((total, one) => total + one.weight, 0);
  let sum = 0;
  const enough = ordered.findIndex((one) => (sum += one.weight) >= wanted - 1e-9);
  const inner = Math.max(LEAST, reach(ordered.slice(0, enough + 1).map((one) => one.spot), from));
  return all.filter((one) => apart(one, from) <= inner * FAR);
}

export interface Globe {
  projection: GeoProjection;
  /** Whether a place is on the side of the globe that is drawn. */
  faces(spot: Spot): boolean;
}

/** A projection in which most of the places are seen `width` by `height` pixels large, with some land around them. */
export function globe(places: readonly Weighed[], width: number, height: number): Globe {
  const seen = bulk(places);
  const found = places.length ? middle(seen) : EUROPE;
  const far = found ? reach(places.map((one) => one.spot), found) : 180;
  const box = boxOf(width, height);
  if (!found || far > REGION) {
    const turned = geoEqualEarth().rotate([-(found?.[0] ?? 0), 0]);
    const shown: GeoPermissibleObjects = seen.length > 1 ? several(seen) : { type: "Sphere" };
    return { projection: turned.fitExtent(box, shown), faces: () => true };
  }
  const projection = geoAzimuthalEqualArea()
    .rotate([-found[0], -found[1]])
    .clipAngle(EDGE);
  const near = geoCircle().center([...found]).radius(places.length ? LEAST : 2 * LEAST)();
  const shown: GeoPermissibleObjects = { type: "GeometryCollection", geometries: [near, several(seen)] };
  return { projection: projection.fitExtent(box, shown), faces: (spot) => apart(spot, found) < EDGE };
}

function boxOf(width: number, height: number): [[number, number], [number, number]] {
  const room = Math.min(width, height) * 0.1;
  return [
    [room, room],
    [Math.max(room + 1, width - room), Math.max(room + 1, height - room)],
  ];
}

function several(places: readonly Spot[]): { type: "MultiPoint"; coordinates: [number, number][] } {
  return { type: "MultiPoint", coordinates: places.map(([lon, lat]) => [lon, lat]) };
}

/** The area within some kilometres of a place. */
export function around(spot: Spot, kilometres: number): GeoPermissibleObjects {
  const radius = Math.min(179, kilometres / EARTH / DEGREE);
  return geoCircle().center([...spot]).radius(Math.max(radius, 0.001))();
}

/** Pixels of a kilometre at the middle of the projection. */
export function scaleOf(projection: GeoProjection): number {
  return projection.scale() / EARTH;
}

/** How close one looks, and at which point of the drawing, where all of some points are in view. */
export function fitted(points: readonly (readonly [number, number])[], width: number, height: number): { k: number; at: [number, number] } {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [[left, top], [right, bottom]] = boxOf(width, height);
  const k = Math.min((right - left) / Math.max(1, x1 - x0), (bottom - top) / Math.max(1, y1 - y0));
  return { k, at: [(x0 + x1) / 2, (y0 + y1) / 2] };
}
