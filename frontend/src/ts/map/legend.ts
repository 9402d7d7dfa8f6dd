import { mark } from "./marks";
import type { Points } from "./points";

/** Fill the list beside the map with the kinds, then the statuses, that are on it. */
export function fillLegend(list: HTMLElement, points: Points, kinds: string[], full: string): void {
  const entry = (rank: number, hollow: boolean, label: string): void => {
    const item = document.createElement("li");
    item.append(mark(rank, hollow), label);
    list.append(item);
  };
  list.replaceChildren();
  kinds.forEach((kind, rank) => {
    if (points.features.some((point) => point.kind === kind)) {
      entry(rank, false, points.kinds?.[kind] ?? kind);
    }
  });
  const others = Object.keys(points.statuses ?? {}).filter(
    (status) => status !== full && points.features.some((point) => point.status === status),
  );
  if (others.length > 0) {
    entry(0, true, others.map((status) => points.statuses?.[status] ?? status).join(", "));
  }
}
