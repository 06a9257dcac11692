import {
  defineSignal,
  mean,
  no,
  noneHealthy,
  plain,
  type Series,
  spike,
  sum,
  times,
  unclear,
  unknown,
  valuesIn,
  valuesOutside,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { flowsFact } from "../evidence/flows/fact.ts";
import { targetHealthFact } from "../evidence/target-health/fact.ts";

/** So many times as much is blocked in the episodes as outside: scanners are turned away on any day. */
export const RISEN = 3;
/** ... and at most this part of the usual connections begin: those who are turned away do not count as begun. */
export const FEWER = 0.5;

/**
 * Do the load balancer's security groups turn connections away: by their outbound rules, so that nothing reaches the
 * targets, or by their inbound rules, so that clients are missing? What they turn away is in no other metric (NLB guide).
 */
export default defineSignal({
  id: "security-group-blocks",
  question: "Do the load balancer's security groups block connections?",
  needs: { flows: flowsFact, episodes: episodesFact },
  uses: { health: targetHealthFact },
  read({ flows: { blocked, begun }, episodes, health }) {
    const evidence = ["flows.flows"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    if (bursts.length === 0) return unknown("there is no episode", evidence);
    const inside = (series: Series) => sum(valuesIn(series, bursts)) / spanOf(series.step);
    const outside = (series: Series) => sum(valuesOutside(series, bursts)) / restOf(series);
    const spanOf = (step: number) => sum(bursts.map(({ start, end }) => (end - start) / step));
    const all = episodes.window;
    const restOf = ({ step }: Series) => Math.max(1, (all.end - all.start) / step - spanOf(step));
    const rates = { in: inside(blocked.inbound), out: inside(blocked.outbound) };
    const usual = { in: outside(blocked.inbound), out: outside(blocked.outbound) };
    const word = spike(episodes);
    if (rates.in + rates.out === 0) {
      const none = health ? noneHealthy(health.healthy, episodes) : null;
      // Another rule, an ACL or a route may drop packets: only targets that pass their checks show that none does.
      return none === 0
        ? no(`they blocked nothing in the ${word}s, and targets passed their checks`, evidence, 0)
        : unclear(`they blocked nothing in the ${word}s`, evidence, 0);
    }
    const figure = `in the ${word}s inbound rules blocked ${plain(rates.in)} connections a period (${plain(usual.in)} outside), outbound rules ${plain(rates.out)} (${plain(usual.out)})`;
    if (rates.out > 0 && rates.out >= RISEN * usual.out) return yes(figure, evidence, rates.out);
    const [here, ever] = [mean(valuesIn(begun, bursts)), mean(valuesOutside(begun, bursts))];
    if (rates.in < RISEN * usual.in || here === null || ever === null) return unclear(figure, evidence, rates.in);
    const fell = `${figure}; ${times(ever === 0 ? 1 : here / ever)} the usual new connections were opened`;
    return ever > 0 && here <= FEWER * ever ? yes(fell, evidence, rates.in) : unclear(fell, evidence, rates.in);
  },
});
