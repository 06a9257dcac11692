import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { again, kept } from "../../src/app/access.ts";
import type { Opening } from "../../src/model/session.ts";

const opening = (more: Partial<Opening>): Opening => ({
  id: "s",
  version: "0",
  alarmName: "a",
  now: "2026-06-26T10:15:00Z",
  window: { start: 0, end: 1 },
  allowExec: false,
  source: { kind: "live", region: "eu-west-2", account: null, context: "prod" },
  ...more,
});

describe("how a session reached its sources", () => {
  it("is kept without a password, and with a path that holds from any folder", () => {
    const access = kept({ profile: "oncall", kubeconfig: "conf", prometheusUrl: "https://ada:secret@prom.example/x" });
    expect(access).toEqual({
      profile: "oncall",
      kubeconfig: resolve("conf"),
      prometheusUrl: "https://prom.example/x",
    });
  });
  it("is empty where the environment alone decided, and where the URL is none", () => {
    expect(kept({})).toEqual({});
    expect(kept({ prometheusUrl: "secret@nowhere" })).toEqual({});
  });
  it("is used when it is asked again, but for what is said now", () => {
    const then = opening({ access: { profile: "oncall", kubeconfig: "/conf" } });
    expect(again(then, {})).toEqual({ region: "eu-west-2", context: "prod", profile: "oncall", kubeconfig: "/conf" });
    expect(again(then, { profile: "admin", context: "stage" })).toMatchObject({ profile: "admin", context: "stage" });
  });
  it("is nothing for a session of a recording", () => {
    const recorded = opening({ source: { kind: "fixture", fixture: "f", description: "" } });
    expect(again(recorded, {})).toEqual({});
  });
});
