import { cells, defineSignal, no, percent, type Series, sum, unclear, unknown, yes } from "../../src/playbook.ts";
import { guiltyMetricFact } from "../evidence/target-groups/fact.ts";

/** Errors above this share: a wait of fixed length is then a time-out that fails, not one that ends well. */
export const FAILING = 0.02;
/** Up to this share errors are the usual few. */
export const USUAL = 0.01;

/** Does a share of the requests end in a 5xx of the targets? */
export default defineSignal({
  id: "requests-fail",
  question: "Do requests fail with a 5xx?",
  needs: { metric: guiltyMetricFact },
  uses: {},
  read({ metric: { target5xx, requests } }) {
    const evidence = ["alarm-history.metric"];
    const total = (series: Series) => sum(cells(series).map(({ value }) => value));
    const all = total(requests);
    if (all === 0) return unknown("needs the requests of the target group", evidence);
    const share = total(target5xx) / all;
    const figure = `${percent(share)} of the requests end in a 5xx`;
    if (share > FAILING) return yes(figure, evidence, share);
    return share <= USUAL ? no(figure, evidence, share) : unclear(figure, evidence, share);
  },
});
