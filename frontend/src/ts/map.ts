// Maps of points: `<div data-map data-points="URL" data-base="URL" …>`. Works without tiles.
import "leaflet/dist/leaflet.css";
import "../scss/map.scss";

import { drawMap } from "./map/draw";

for (const place of document.querySelectorAll<HTMLElement>("[data-map]")) void drawMap(place);
