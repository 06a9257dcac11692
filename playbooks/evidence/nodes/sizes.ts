import { coreCount, mean, type NodeFact, percent, plural, type Told } from "../../../src/playbook.ts";

/** The pods' nodes by size, with how busy those of each size were; null where all have the same. */
export function sizeWords(nodes: readonly NodeFact[], word: string): Told | null {
  const hosts = nodes.filter(({ pods, allocatableCpu }) => pods > 0 && allocatableCpu !== null);
  const sizes = [...new Set(hosts.map(({ allocatableCpu }) => allocatableCpu ?? 0))].sort((a, b) => a - b);
  if (sizes.length < 2) return null;
  const busyOf = (size: number) =>
    mean(hosts.flatMap((one) => (one.allocatableCpu === size ? (one.busyInBursts ?? []) : [])));
  const told = sizes.map((size) => {
    const busy = busyOf(size);
    const count = hosts.filter(({ allocatableCpu }) => allocatableCpu === size).length;
    return `${plural(count, "node")} of ${coreCount(size)}${busy === null ? "" : `, ${percent(busy)} busy in the ${word}s`}`;
  });
  return {
    statement: `the pods' nodes differ in size: ${told.join("; ")}`,
    measures: { sizes, busy: sizes.flatMap((size) => busyOf(size) ?? []) },
  };
}
