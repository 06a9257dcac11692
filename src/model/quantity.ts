const SUFFIX: { readonly [suffix: string]: number } = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity as a number: "1200m" → 1.2, "2.5Gi" → 2684354560, "1e3" → 1000. Null where it is none.
 * Source: Kubernetes reference, Quantity.
 */
export function quantity(raw: string): number | null {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.exec(raw.trim());
  if (!match) return null;
  const value = Number(match[1]) * (SUFFIX[match[2] ?? ""] ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

/**
 * `cpu.max` of cgroup v2 as cores: "150000 100000" → 1.5; "max 100000" → null (no quota). Throws a RangeError for
 * anything else. Source: Linux, Documentation/admin-guide/cgroup-v2.rst.
 */
export function cpuMax(raw: string): number | null {
  const [max, period = "100000"] = raw.trim().split(/\s+/);
  if (max === "max") return null;
  const quota = Number(max) / Number(period);
  if (!Number.isFinite(quota) || quota <= 0) throw new RangeError(`not a cpu.max: ${raw.trim().slice(0, 40)}`);
  return quota;
}
