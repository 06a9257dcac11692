import type { ClusterFact } from "../../../src/model/facts.ts";
import type { Row } from "../row.ts";

const cluster = (verdict: ClusterFact["verdict"], matched: number, of: number): { cluster: ClusterFact } => ({
  cluster: {
    verdict,
    statement: `${matched} of ${of} targets are pods of this cluster`,
    matched,
    of,
    comparedWith: "pods",
    clusterTag: null,
    contextName: null,
    strangers: [],
  },
});

export default [
  ["all targets are its pods", cluster("same", 4, 4), "yes"],
  ["none is", cluster("other", 0, 4), "no"],
  ["some are", cluster("part", 2, 4), "unclear"],
  ["there was nothing to compare", cluster("unknown", 0, 0), "unknown"],
] satisfies readonly Row[];
