import { defineConfig } from "vitest/config";

/** These mostly wait, for deadlines and for limits of rates; side by side they wait at the same time. */
const WAITING = ["test/integration/throttled.test.ts", "test/integration/log-faults.test.ts"];

/** Tests that need more than Node: a terminal multiplexer, a real Prometheus. They fail where it is missing. */
export default defineConfig({
  test: {
    globalSetup: ["test/setup/build.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "by the clock",
          include: ["test/integration/**/*.test.ts"],
          exclude: WAITING,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Terminals are driven by the clock; side by side they would make each other slow.
          fileParallelism: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "waiting",
          include: WAITING,
          testTimeout: 240_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
