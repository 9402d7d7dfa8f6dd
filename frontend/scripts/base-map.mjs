// Clips the world's countries (Natural Earth, public domain) around France and its overseas départements:
// the ground of our maps where no tile server can be reached.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { feature } from "topojson-client";

const folder = resolve(import.meta.dirname, "..");
const target = resolve(folder, "../build/static/entremise/base-map.json");
const HOME = "250"; // ISO 3166-1 numeric code of France
const LIMIT = 150_000; // bytes

// [west, south, east, north] in degrees
const BOXES = [
  [-15, 36, 20, 57], // mainland and Corsica
  [-63.5, 13.5, -60, 18.5], // Antilles
  [-57, 1, -50, 7], // Guyane
  [54.5, -22, 58.5, -19.5], // La Réunion
  [42.5, -14, 51, -11], // Mayotte
  [-58, 46, -55, 48], // Saint-Pierre-et-Miquelon
];

const SIDES = [
  [0, 0, 1],
  [1, 1, 1],
  [2, 0, -1],
  [3, 1, -1],
]; // index in the box, axis, direction of the inside

/** Sutherland–Hodgman: cut a ring along each side of the box in turn. */
function clipRing(ring, box) {
  return SIDES.reduce((points, [side, axis, inward]) => {
    const limit = box[side];
    const isInside = (point) => (point[axis] - limit) * inward >= 0;
    return points.flatMap((point, index) => {
      const before = points.at(index - 1);
      const share = (limit - before[axis]) / (point[axis] - before[axis]);
      const crossing = [0, 1].map((a) => before[a] + share * (point[a] - before[a]));
      if (isInside(point)) return isInside(before) ? [point] : [crossing, point];
      return isInside(before) ? [crossing] : [];
    });
  }, ring);
}

/** Three decimals of a degree are about a hundred metres: finer than the source. */
function rounded(ring) {
  const points = ring.map((point) => point.map((value) => Math.round(value * 1000) / 1000));
  const kept = points.filter(([x, y], i) => i === 0 || x !== points[i - 1][0] || y !== points[i - 1][1]);
  return kept.length > 3 ? [...kept, kept[0]] : [];
}

const world = JSON.parse(
  readFileSync(resolve(folder, "node_modules/world-atlas/countries-50m.json"), "utf8"),
);
const features = feature(world, world.objects.countries).features.flatMap(({ id, geometry }) => {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const coordinates = BOXES.flatMap((box) =>
    polygons
      .map((rings) => rings.map((ring) => rounded(clipRing(ring.slice(0, -1), box))))
      .filter((rings) => rings[0].length > 0)
      .map((rings) => rings.filter((ring) => ring.length > 0)),
  );
  if (coordinates.length === 0) return [];
  const properties = id === HOME ? { home: true } : {};
  return [{ type: "Feature", properties, geometry: { type: "MultiPolygon", coordinates } }];
});

writeFileSync(target, JSON.stringify({ type: "FeatureCollection", features }));
const size = statSync(target).size;
if (size > LIMIT) throw new Error(`base-map.json weighs ${size} bytes, more than ${LIMIT}.`);
