import {
  type AlarmFact,
  type Beside,
  judgedWanted,
  percent,
  spike,
  sum,
  unitOf,
  valuesIn,
  valuesOutside,
} from "../../../src/playbook.ts";
import { usualOf } from "../../signals/usual-traffic.ts";
import { alarmHistory } from "./step.ts";

/** Zones that meet what is asked of a target group's health, and zones that do not. */
const ZONES = /State(DNS|Routing)$|^ZonalHealthStatus$/;

/** Hosts and zones have no traffic; answers have the requests that they answer, resets the connections that began. */
function beside(alarm: AlarmFact): Beside {
  const { namespace, metric, dimensions } = alarm;
  const none = { traffic: null, companions: [], sampled: false };
  // What is not a load balancer's has none that could be read: a certificate's days, for example.
  if (dimensions.LoadBalancer === undefined) return none;
  if (unitOf(alarm).kind === "hosts" || ZONES.test(metric) || metric.startsWith("NewFlowCount")) return none;
  if (namespace === "AWS/NetworkELB" || namespace === "AWS/GatewayELB") {
    const { TargetGroup: _, ...own } = dimensions;
    const wanted = { id: "flows", namespace, metric: "NewFlowCount", dimensions: own, statistic: "Sum" };
    return { ...none, traffic: { counts: "new connections", from: "clients", wanted } };
  }
  const wanted = { id: "requests", namespace, metric: "RequestCount", dimensions, statistic: "Sum" };
  return { ...none, traffic: { counts: "requests", from: "clients", wanted } };
}

/** One alarm on what is counted (errors, hosts): when it was in ALARM, and what part of the requests it was. */
export default alarmHistory({
  gives: [],
  beside,
  wanted: (alarm) => {
    const { traffic } = beside(alarm);
    return [judgedWanted(alarm), ...(traffic ? [traffic.wanted] : [])];
  },
  more: () => ({}),
  // On the clock's grid: windows that slide hold the same minutes several times.
  tell({ alarm, judged, clock: { values, traffic, unit }, episodes, question }, find) {
    const usual = usualOf(alarm, judged, episodes);
    if (usual)
      find({
        id: "usual",
        statement: `${usual.figure}, its median outside the ${spike(episodes)}s`,
        measures: { breachesReach: usual.high, usual: usual.centre },
        proof: [question],
      });
    // What each target gets is no part of what all get.
    if (!traffic || unit.kind !== "count" || alarm.metric === "RequestCountPerTarget") return;
    const bursts = episodes.episodes.map(({ burst }) => burst);
    const [inside, all] = [sum(valuesIn(values, bursts)), sum(valuesIn(traffic.perStep, bursts))];
    const [outside, rest] = [sum(valuesOutside(values, bursts)), sum(valuesOutside(traffic.perStep, bursts))];
    const share = (count: number, of: number) => (of === 0 ? "" : ` (${percent(count / of)})`);
    const of = traffic.counts === "requests" ? "of" : "beside";
    find({
      id: "share",
      statement: `${inside} ${of} ${all} ${traffic.counts} in the ${spike(episodes)}s${share(inside, all)}, ${outside} ${of} ${rest} outside them${share(outside, rest)}`,
      measures: { inside, requestsInside: all, outside, requestsOutside: rest },
      proof: [question],
    });
  },
});
