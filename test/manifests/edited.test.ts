import { describe, expect, it } from "vitest";
import { manifestsOf } from "../../src/manifests/documents.ts";
import { edited } from "../../src/manifests/edited.ts";
import { isObject, type JsonObject } from "../../src/manifests/json.ts";
import { patched, patchFor } from "../../src/manifests/patched.ts";

/** The text with this put under `spec:` and the patch applied to it, without the head; null where it cannot be written. */
function changed(spec: string, patch: JsonObject, apiVersion = "v1", kind = "Thing"): string | null {
  const head = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: one}\n`;
  const [manifest] = manifestsOf([{ path: "one.yaml", text: head + spec }]).objects;
  if (!manifest) throw new Error(`no manifest: ${spec}`);
  const suited = patchFor(manifest.object, patch);
  const wanted = suited && patched(manifest.object, suited);
  return isObject(wanted) ? (edited(manifest, wanted)?.slice(head.length) ?? null) : null;
}

const CASES: readonly (readonly [string, string, JsonObject, string | null])[] = [
  ["a figure, with its comment", "spec:\n  a:   1   # why\n", { spec: { a: 2 } }, "spec:\n  a:   2   # why\n"],
  [
    "a text in its quotes",
    "spec: {a: '1', b: \"2\"}\n",
    { spec: { a: "it's", b: "3" } },
    "spec: {a: 'it''s', b: \"3\"}\n",
  ],
  ["what YAML 1.1 would misread", "spec:\n  a: x\n", { spec: { a: "yes" } }, 'spec:\n  a: "yes"\n'],
  ["a new key behind the last", "spec:\n  a: 1 # c\n# end\n", { spec: { b: 2 } }, "spec:\n  a: 1 # c\n  b: 2\n# end\n"],
  ["a file without a last line break", "spec:\n  a: 1", { spec: { b: 2 } }, "spec:\n  a: 1\n  b: 2"],
  [
    "line breaks of Windows",
    "spec:\r\n  a: 1\r\n",
    { spec: { b: { c: 2 } } },
    "spec:\r\n  a: 1\r\n  b:\r\n    c: 2\r\n",
  ],
  ["an empty map", "spec:\n  a: {} # c\n  z: 1\n", { spec: { a: { b: 2 } } }, "spec:\n  a:\n    b: 2 # c\n  z: 1\n"],
  ["nothing at all", "spec:\n  a:\n  z: 1\n", { spec: { a: { b: 2 } } }, "spec:\n  a:\n    b: 2\n  z: 1\n"],
  ["a new key in braces", "spec: {a: 1}\n", { spec: { b: "x" } }, "spec: {a: 1, b: x}\n"],
  ["a key that goes", "spec:\n  a: 1\n  # about z\n  z: 1\n", { spec: { a: null } }, "spec:\n  # about z\n  z: 1\n"],
  [
    "new keys at two depths that end at one place",
    "spec:\n  a:\n    b: 1\n",
    { spec: { a: { c: 2 }, z: 3 } },
    "spec:\n  a:\n    b: 1\n    c: 2\n  z: 3\n",
  ],
  [
    "a container by its name, the other untouched",
    "spec:\n  containers:\n    - name: side\n    - name: main\n      env: # c\n        - {name: A, value: a}\n",
    { spec: { containers: [{ name: "main", env: [{ name: "B", value: "2" }] }] } },
    'spec:\n  containers:\n    - name: side\n    - name: main\n      env: # c\n        - {name: A, value: a}\n        - name: B\n          value: "2"\n',
  ],
  [
    "a constraint of the same key",
    "spec:\n  topologySpreadConstraints:\n  - topologyKey: zone\n    maxSkew: 2\n",
    { spec: { topologySpreadConstraints: [{ topologyKey: "zone", maxSkew: 1 }, { topologyKey: "host" }] } },
    "spec:\n  topologySpreadConstraints:\n  - topologyKey: zone\n    maxSkew: 1\n  - topologyKey: host\n",
  ],
  [
    "a text of several lines",
    "spec:\n  a: |-\n      x\n\n      y\n  b: 1\n",
    { spec: { a: "x\n\nz" } },
    "spec:\n  a: |-\n      x\n\n      z\n  b: 1\n",
  ],
  [
    "arguments in brackets",
    "spec:\n  args: [a, '-w', \"1\"] # c\n",
    { spec: { args: ["a", "-w", "2"] } },
    "spec:\n  args: [a, '-w', \"2\"] # c\n",
  ],
  [
    "an alias becomes a value of its own",
    "spec:\n  a: &x {m: 1}\n  b: *x\n",
    { spec: { b: { m: 2 } } },
    "spec:\n  a: &x {m: 1}\n  b:\n    m: 2\n",
  ],
  ["but what others mean too is left alone", "spec:\n  a: &x\n    m: 1\n  b: *x\n", { spec: { a: { m: 2 } } }, null],
];

describe("a manifest, changed where it has to be", () => {
  it.each(CASES)("%s", (_, spec, patch, wanted) => {
    expect(changed(spec, patch)).toBe(wanted);
  });

  it("an autoscaler of any version takes the target of the first", () => {
    const patch = { spec: { targetCPUUtilizationPercentage: 50 } };
    const kind = "HorizontalPodAutoscaler";
    const metric = "spec:\n  metrics:\n  - type: Resource\n    resource:\n      name: cpu\n";
    expect(changed("spec:\n  targetCPUUtilizationPercentage: 80\n", patch, "autoscaling/v1", kind)).toContain(": 50");
    const early = changed(`${metric}      targetAverageUtilization: 80\n`, patch, "autoscaling/v2beta1", kind);
    expect(early).toBe(`${metric}      targetAverageUtilization: 50\n`);
    const later = changed(`${metric}      target: {averageUtilization: 80}\n`, patch, "autoscaling/v2beta2", kind);
    expect(later).toBe(`${metric}      target: {averageUtilization: 50}\n`);
    expect(changed(metric, patch, "autoscaling/v2", kind)).toBeNull();
  });
});
