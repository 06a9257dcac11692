import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // As in the bundle; see scripts/build.mjs. Every test that imports a question would wait for axios to load.
  resolve: { alias: { axios: fileURLToPath(new URL("src/sources/prometheus/axios.ts", import.meta.url)) } },
  test: {
    server: { deps: { inline: ["prometheus-query"] } },
    include: ["test/**/*.test.ts"],
    // What needs more than Node and git; see vitest.integration.config.ts.
    exclude: ["test/integration/**"],
    globalSetup: ["test/setup/build.ts"],
    // One for each of two cores; by default vitest leaves one of them idle.
    maxWorkers: 2,
    // Where CI is set, Ink draws nothing before the end; its frames are what the board's tests look at.
    env: { CI: "false" },
    // Whole command lines are started as processes; on a busy machine that takes its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
