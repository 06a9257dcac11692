import {
  cells,
  defineSignal,
  no,
  percent,
  type Series,
  spike,
  sum,
  unclear,
  unknown,
  within,
  yes,
} from "../../src/playbook.ts";
import { episodesFact } from "../evidence/alarm-history/fact.ts";
import { givenUpFact } from "../evidence/given-up/fact.ts";

/**
 * From this share more in the episodes than outside them: where each is sent again, the load without them is smaller by
 * more than a forecast's own error (MARGIN, src/remedy/alarm-forecast.ts), so that no figure of the load says what clients
 * want.
 */
export const GIVEN_UP = 0.2;
/** Below it the load is what it would be without them, within what it varies from minute to minute. */
export const FEW = 0.05;

/** Do clients give up in the episodes? Who gives up mostly sends again, and the pods work on for nobody. */
export default defineSignal({
  id: "clients-give-up",
  question: "Do clients give up waiting in the episodes?",
  needs: { givenUp: givenUpFact, episodes: episodesFact },
  uses: {},
  read({ givenUp: { requests, closed }, episodes }) {
    const evidence = ["given-up.closed"];
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const count = (series: Series, inside: boolean) =>
      sum(cells(series).flatMap(({ at, value }) => (within(bursts, at) === inside ? [value] : [])));
    const all = count(requests, true);
    if (all === 0) return unknown("needs the requests of the episodes", evidence);
    const inside = count(closed, true) / all;
    const outside = count(closed, false) / Math.max(1, count(requests, false));
    const figure = `${percent(inside)} of the requests in the ${spike(episodes)}s were closed by their client before the answer (460), ${percent(outside)} outside them`;
    // Requests that were refused before they reached a target are no requests of its count.
    if (inside > 1)
      return unclear(`${figure}: more than there were requests, so others are counted as well`, evidence, inside);
    const more = inside - outside;
    if (more >= GIVEN_UP) return yes(figure, evidence, more);
    return more < FEW ? no(figure, evidence, more) : unclear(figure, evidence, more);
  },
});
