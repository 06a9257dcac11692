import { cells, defineFactor, plain, type Series, sum } from "../../../src/playbook.ts";
import { connectionLoadFact } from "../../evidence/connection-load/fact.ts";

/** New connections for each request from which on hardly any is used again; those to targets count as well. */
const EACH = 0.8;
/** Fewer requests than this show no habit. */
const ENOUGH = 200;

/** Nearly every request comes on a connection of its own (001 part 7): handshakes, ports, and capacity for nothing else. */
export default defineFactor({
  factor: "no-keep-alive",
  needs: { load: connectionLoadFact },
  find({ load: { made, requests } }) {
    const total = (series: Series) => sum(cells(series).map(({ value }) => value));
    const [connections, all] = [total(made), total(requests)];
    if (all < ENOUGH || connections < EACH * all) return null;
    return {
      statement: `${plain(connections / all)} new connections for each request, clients' and targets' together: hardly any is kept alive`,
      evidence: ["connection-load.course"],
    };
  },
});
