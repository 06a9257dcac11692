export * from "./alarm.ts";
export * from "./blame.ts";
export * from "./evenness.ts";
export * from "./series.ts";
export * from "./workers.ts";
