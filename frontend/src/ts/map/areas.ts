import * as L from "leaflet";

/** France lies in several parts of the world: one view each, the mainland first. */
const AREAS: Array<[string, L.LatLngBounds]> = [
  ["Hexagone et Corse", L.latLngBounds([41, -5.5], [51.5, 10])],
  ["Antilles", L.latLngBounds([14, -63.5], [18.4, -60.5])],
  ["Guyane", L.latLngBounds([2, -54.8], [6, -51.4])],
  ["La Réunion", L.latLngBounds([-21.5, 55.1], [-20.8, 55.9])],
  ["Mayotte", L.latLngBounds([-13.1, 44.9], [-12.6, 45.4])],
  ["Saint-Pierre-et-Miquelon", L.latLngBounds([46.7, -56.5], [47.2, -56])],
];

export const MAINLAND = AREAS[0]![1];

/** Show the first area that holds points, and a button for each when there are several. */
export function showAreas(map: L.Map, points: L.LatLng[], list: HTMLElement | null): void {
  const views = AREAS.map(([name, box]) => ({
    name,
    bounds: L.latLngBounds(points.filter((point) => box.contains(point))),
  })).filter(({ bounds }) => bounds.isValid());
  if (views.length === 0 && points.length > 0) views.push({ name: "", bounds: L.latLngBounds(points) });

  const show = (bounds: L.LatLngBounds): void => {
    map.fitBounds(bounds, { padding: [32, 32], maxZoom: 13 });
  };
  if (views[0]) show(views[0].bounds);
  if (!list || views.length < 2) return;
  list.hidden = false;
  list.replaceChildren(
    ...views.map(({ name, bounds }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.textContent = name;
      button.addEventListener("click", () => show(bounds));
      return button;
    }),
  );
}
