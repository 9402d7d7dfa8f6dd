// Builds the style sheets and scripts under fixed names: Django's static storage adds the hashes.
import { resolve } from "node:path";
import { defineConfig } from "vite";

const folder = import.meta.dirname;

/** A shared chunk would be imported by a name that the static storage does not rewrite. */
function refuseSharedChunks() {
  return {
    name: "refuse-shared-chunks",
    generateBundle(_options: unknown, bundle: Record<string, { type: string; isEntry?: boolean }>) {
      for (const [name, output] of Object.entries(bundle)) {
        if (output.type === "chunk" && !output.isEntry) {
          throw new Error(`${name}: two entries share a module; each entry must stand alone.`);
        }
      }
    },
  };
}

export default defineConfig({
  root: folder,
  base: "./",
  publicDir: false,
  logLevel: "warn",
  plugins: [refuseSharedChunks()],
  css: {
    preprocessorOptions: {
      scss: {
        // Bootstrap 5.3 is written with @import and the former colour functions.
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
      },
    },
  },
  build: {
    outDir: resolve(folder, "../build/static/entremise"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      checks: { pluginTimings: false },
      input: {
        app: resolve(folder, "src/ts/app.ts"),
        desk: resolve(folder, "src/ts/desk.ts"),
        map: resolve(folder, "src/ts/map.ts"),
      },
      output: {
        entryFileNames: "[name].js",
        assetFileNames: ({ names }) => {
          const name = names[0] ?? "";
          if (name.endsWith(".css")) return "[name][extname]";
          return name.endsWith(".woff2") ? "fonts/[name][extname]" : "images/[name][extname]";
        },
      },
    },
  },
});
