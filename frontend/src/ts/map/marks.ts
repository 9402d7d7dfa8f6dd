const SVG = "http://www.w3.org/2000/svg";

// One shape and one colour for each kind, in order, so that colour is never the only cue.
const SHAPES: Array<[string, Record<string, string>]> = [
  ["circle", { cx: "10", cy: "10", r: "7" }],
  ["rect", { x: "3.5", y: "3.5", width: "13", height: "13", rx: "1.5" }],
  ["path", { d: "M10 1.5 18.5 10 10 18.5 1.5 10Z" }],
  ["path", { d: "M10 2 18.5 17H1.5Z" }],
  ["path", { d: "M10 1.5 18 7.3 15 17H5L2 7.3Z" }],
  ["path", { d: "M1.5 3H18.5L10 18Z" }],
  ["path", { d: "M7 2h6v5h5v6h-5v5H7v-5H2V7h5Z" }],
  ["path", { d: "M6 2.5h8l4.5 7.5-4.5 7.5H6L1.5 10Z" }],
];

/** Draw the mark of the kind of this rank; `hollow` says that the place is not in service. */
export function mark(rank: number, hollow: boolean): SVGSVGElement {
  const place = rank % SHAPES.length;
  const [name, attributes] = SHAPES[place] as (typeof SHAPES)[number];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("map-mark", `mark-${place + 1}`);
  svg.classList.toggle("hollow", hollow);
  const shape = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  svg.append(shape);
  return svg;
}
