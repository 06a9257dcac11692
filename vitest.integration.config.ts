import { defineConfig } from "vitest/config";

/** Tests that need more than Node: a terminal multiplexer, a real Prometheus. They fail where it is missing. */
export default defineConfig({
  test: {
    include: ["test/integration/**/*.test.ts"],
    globalSetup: ["test/setup/build.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Terminals are driven by the clock; side by side they would make each other slow.
    fileParallelism: false,
  },
});
