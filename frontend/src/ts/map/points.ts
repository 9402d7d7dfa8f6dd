/** One point of the answer at `data-points`; coordinates in degrees (WGS 84). */
export interface Point {
  id: string | number;
  name: string;
  lat: number;
  lon: number;
  kind: string;
  status: string;
  url?: string;
}

/** `kinds` and `statuses` give the labels by code; the first status is drawn full, the others hollow. */
export interface Points {
  features: Point[];
  kinds?: Record<string, string>;
  statuses?: Record<string, string>;
}

export async function fetchJson<T>(url: string): Promise<T> {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return (await answer.json()) as T;
}
