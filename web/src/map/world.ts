// The states of the world as the assets have them: their shapes, and where the name of each can stand.
import { geoArea, geoCentroid } from "d3-geo";
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Spot } from "./globe.ts";

export interface Land {
  /** Code of the state (ISO 3166-1); empty where the land is nobody's that has one. */
  code: string;
  name: string;
  shape: Feature<Polygon | MultiPolygon>;
  /** Middle of its largest part. */
  at: Spot;
}

export type Names = Record<string, [string, string]>;

/** Largest part of a shape. */
function mainland(shape: Feature<Polygon | MultiPolygon>): Polygon {
  if (shape.geometry.type === "Polygon") return shape.geometry;
  const parts = shape.geometry.coordinates.map((coordinates: Position[][]): Polygon => ({ type: "Polygon", coordinates }));
  return parts.reduce((most, one) => (geoArea(one) > geoArea(most) ? one : most));
}

export function lands(world: Topology, names: Names): Land[] {
  const countries = world.objects["countries"] as GeometryCollection<{ name?: string }>;
  const found = feature(world, countries).features as Feature<Polygon | MultiPolygon, { name?: string }>[];
  return found
    .filter((one) => one.geometry.coordinates.length)
    .map((shape) => {
      const known = names[String(shape.id ?? shape.properties?.name ?? "")];
      const [lon = 0, lat = 0] = geoCentroid(mainland(shape));
      return { code: known?.[0] ?? "", name: known?.[1] ?? "", shape, at: [lon, lat] };
    });
}
