import type { FeatureCollection } from "geojson";
import * as L from "leaflet";

import { MAINLAND, showAreas } from "./areas";
import { fillLegend } from "./legend";
import { mark } from "./marks";
import { fetchJson, type Point, type Points } from "./points";

/** Attributions are shown as HTML by Leaflet: what comes from settings is escaped first. */
function escaped(text: string): string {
  const span = document.createElement("span");
  span.textContent = text;
  return span.innerHTML;
}

function popup(point: Point, points: Points, open: string): HTMLElement {
  const box = document.createElement("div");
  const name = document.createElement("strong");
  name.textContent = point.name;
  const facts = document.createElement("span");
  const kind = points.kinds?.[point.kind] ?? point.kind;
  facts.textContent = [kind, points.statuses?.[point.status] ?? point.status]
    .filter(Boolean)
    .join(" · ");
  box.append(name, facts);
  if (point.url) {
    const link = document.createElement("a");
    link.href = point.url;
    link.textContent = open;
    box.append(link);
  }
  return box;
}

async function drawGround(map: L.Map, place: HTMLElement): Promise<void> {
  const renderer = L.svg({ padding: 0.5 });
  const { tiles, base, outlines } = place.dataset;
  if (tiles) {
    L.tileLayer(tiles, { attribution: escaped(place.dataset.attribution ?? ""), maxZoom: 19 }).addTo(map);
  } else if (base) {
    const land = await fetchJson<FeatureCollection>(base);
    L.geoJSON(land, {
      interactive: false,
      attribution: "Natural Earth",
      style: (feature) => ({
        className: feature?.properties?.home ? "map-land home" : "map-land",
        renderer,
      }),
    }).addTo(map);
  }
  if (outlines) {
    const lines = await fetchJson<FeatureCollection>(outlines);
    L.geoJSON(lines, { interactive: false, style: { className: "map-outline", renderer } }).addTo(map);
  }
}

function drawPoints(map: L.Map, points: Points, place: HTMLElement): void {
  const codes = Object.keys(points.kinds ?? {});
  const kinds = [...new Set([...codes, ...points.features.map((point) => point.kind)])];
  const full = Object.keys(points.statuses ?? {})[0] ?? "open";
  for (const point of points.features) {
    const icon = L.divIcon({
      className: "map-point",
      iconSize: [28, 28],
      html: mark(kinds.indexOf(point.kind), point.status !== full) as unknown as HTMLElement,
    });
    const marker = L.marker([point.lat, point.lon], { icon, title: point.name, riseOnHover: true });
    marker.bindPopup(() => popup(point, points, place.dataset.textOpen ?? point.name));
    marker.addTo(map).getElement()?.setAttribute("aria-label", point.name);
  }
  const legend = place.parentElement?.querySelector<HTMLElement>("[data-map-legend]");
  if (legend) fillLegend(legend, points, kinds, full);
  const spots = points.features.map(({ lat, lon }) => L.latLng(lat, lon));
  showAreas(map, spots, place.parentElement?.querySelector<HTMLElement>("[data-map-areas]") ?? null);
}

/** Draw the map of one `[data-map]` block; a failure is said in its `[data-map-message]`. */
export async function drawMap(place: HTMLElement): Promise<void> {
  // Tiles are drawn for whole zoom levels; our own ground is not, and ends at its box.
  const zoom = place.dataset.tiles ? { minZoom: 2, zoomSnap: 1 } : { minZoom: 4.5, zoomSnap: 0.25 };
  const map = L.map(place, { ...zoom, maxZoom: 18, zoomControl: false }).fitBounds(MAINLAND);
  L.control
    .zoom({ zoomInTitle: place.dataset.textIn ?? "+", zoomOutTitle: place.dataset.textOut ?? "−" })
    .addTo(map);
  map.attributionControl.setPrefix("Leaflet");
  const message = place.parentElement?.querySelector<HTMLElement>("[data-map-message]");
  const results = await Promise.allSettled([
    drawGround(map, place),
    fetchJson<Points>(place.dataset.points ?? "").then((points) =>
      drawPoints(map, points, place),
    ),
  ]);
  place.dataset.drawn = "yes";
  if (message) message.hidden = results.every((result) => result.status === "fulfilled");
}
