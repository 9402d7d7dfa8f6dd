// Gathers the Tabler outline icons named in icons.txt into one sprite, symbols by name; copies our own mark.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const folder = resolve(import.meta.dirname, "..");
const names = readFileSync(resolve(folder, "icons.txt"), "utf8")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"));

const symbols = names.map((name) => {
  const file = resolve(folder, `node_modules/@tabler/icons/icons/outline/${name}.svg`);
  const shapes = readFileSync(file, "utf8")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>[\s\S]*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
});

writeFileSync(
  resolve(folder, "../build/static/entremise/icons.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg">
<!-- Tabler Icons, MIT License, Copyright (c) Paweł Kuna -->
${symbols.join("\n")}
</svg>
`,
);

copyFileSync(resolve(folder, "src/images/mark.svg"), resolve(folder, "../build/static/entremise/mark.svg"));
