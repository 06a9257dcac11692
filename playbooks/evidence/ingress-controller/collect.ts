import {
  type AlarmFact,
  defineStep,
  type LedToFact,
  listed,
  listHttpRoutes,
  listServices,
  percent,
  plural,
  seconds,
  spike,
} from "../../../src/playbook.ts";
import oneBackend, { measureOf, worstBackends } from "../../signals/one-backend-guilty.ts";
import { sparedBackends } from "../../signals/requests-passed-on.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { serviceFact } from "../service/fact.ts";
import { guiltyMetricFact } from "../target-groups/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import {
  type Backend,
  behindFact,
  frontFact,
  guiltyBackendFact,
  type IngressController,
  ingressControllerFact,
  ledToFact,
} from "./fact.ts";
import { goneOnWith } from "./go-on.ts";
import { halvesOf } from "./halves.ts";
import { controllerOf, MADE_UP } from "./known.ts";
import { METRICS } from "./metrics.ts";
import { readBackends, seenByBalancer } from "./read.ts";

/** Backends that are told with their figures; the busiest of the others are left out. */
const TOLD = 6;

/**
 * Whether the pods behind the target group are an ingress controller, which passes requests on, and then which of its
 * backends was slow or failed: the controller's own metrics tell one from another.
 */
export default defineStep({
  id: "ingress-controller",
  title: "ingress controller",
  needs: { alarm: alarmFact, workload: workloadFact, service: serviceFact },
  uses: [episodesFact, guiltyMetricFact],
  gives: [ingressControllerFact, behindFact, ledToFact, frontFact, guiltyBackendFact],
  asksMoreFor: MADE_UP,
  async run({ facts: { alarm, workload, service }, window, ask, use, give, find, lack }) {
    const known = controllerOf(workload, service);
    if (!known) return give(ingressControllerFact, { found: null });
    const { controller, knownBy } = known;
    const isSlow = measureOf(alarm) === "time" ? "is slow" : "fails";
    const name = `${workload.kind} ${workload.namespace}/${workload.name}`;
    const servicesAsked = listServices();
    find({
      id: "known",
      statement: `${name} is ${controller} (${knownBy}): its pods pass requests on to other services`,
      measures: { controller, knownBy },
      proof: [servicesAsked.question],
    });
    const about = await use(episodesFact);
    const routesAsked = listHttpRoutes();
    const [services, routes] = await Promise.all([
      ask(servicesAsked),
      controller === "Envoy Gateway" ? ask(routesAsked) : null,
    ]);
    const cluster = { services: services.ok ? services.value : [], routes: routes?.ok ? routes.value : [] };
    const halves = halvesOf(about?.episodes ?? []);
    const episodes = halves ?? about?.episodes ?? [];
    const read =
      episodes.length === 0
        ? { backends: null, series: [], times: [], answers: [] }
        : await readBackends(controller, classOf(alarm), workload, cluster, episodes, window, ask);
    const metric = await use(guiltyMetricFact);
    const found: IngressController = {
      controller,
      knownBy,
      backends: read.backends?.length === 0 ? null : read.backends,
      ...(halves && { halves: true }),
      seen: metric ? seenByBalancer(metric, episodes) : [],
    };
    give(ingressControllerFact, { found });
    if (found.backends === null) {
      if (read.backends === null) return;
      const { requests, setting } = METRICS[controller];
      lack({
        source: "prometheus",
        kind: "missing",
        what: `it has no ${requests} of the pods of ${workload.namespace}/${workload.name}, so that which service behind ${controller} ${isSlow} is not known`,
        remedy: setting,
      });
      const because = `the pods are ${controller}, and which service behind it ${isSlow} is not known without its metrics`;
      return give(ledToFact, { service: null, because, next: setting });
    }
    give(
      behindFact,
      found.backends.map(({ name: one, service: named }) => ({ name: one, service: named })),
    );
    const by = measureOf(alarm);
    const proof = by === "time" ? [...read.times, ...read.answers] : [...read.answers, ...read.times];
    find({ id: "backends", ...backendWords(found.backends, spike(about)), proof });
    const reading = oneBackend.read({ alarm, controller: { found } });
    const guilty = worstBackends(found, by)[0]?.backend;
    const spared = sparedBackends(found, by);
    if (reading.answer !== "yes" || !guilty) {
      if (spared.length > 0) give(ledToFact, severalWords(found, spared, isSlow));
      return;
    }
    const on = await goneOnWith(guilty, cluster.services, ask);
    find({
      id: "guilty",
      statement: `${reading.statement}; ${on.statement}`,
      measures: { backend: guilty.name, share: reading.figure, ...on.measures },
      proof: [...proof, ...on.proof],
    });
    // With no backend that was as ever it may be the controller itself.
    if (spared.length === 0) return;
    const where = guilty.service ? `Service ${guilty.name}` : guilty.name;
    const because = `what ${isSlow} lies behind ${controller}, in ${where}`;
    give(ledToFact, { service: guilty.service, because, next: `go on there: ${on.next}` });
    if (guilty.service) {
      give(frontFact, { service, workload });
      return give(guiltyBackendFact, {
        controller,
        service: guilty.service,
        targetGroup: service.targetGroup,
        backends: read.series,
        failedClass: `${classOf(alarm)}xx`,
        proof,
      });
    }
    lack({
      source: "kubernetes",
      kind: "missing",
      what: `the pods of ${where}, behind ${controller}, are not judged: CPU, workers and quota were read of the pods that the target group has`,
      remedy: on.next,
    });
  },
});

/** The class of the answers that count as failed: the alarm's own, else 5xx. */
function classOf({ metric }: AlarmFact): "4" | "5" {
  return metric === "HTTPCode_Target_4XX_Count" ? "4" : "5";
}

function severalWords(
  { controller, backends }: IngressController,
  spared: readonly Backend[],
  isSlow: string,
): LedToFact {
  const others = (backends ?? []).filter((one) => !spared.includes(one));
  return {
    service: null,
    because: `what ${isSlow} lies behind ${controller}, in ${listed(others.map(({ name }) => name))}, while ${listed(spared.map(({ name }) => name))} were as ever`,
    next: "look for what these share, a database or another service, and at the pods of each",
  };
}

function backendWords(backends: readonly Backend[], word: string) {
  const ofEpisodes = ({ episodes }: Backend) => episodes.reduce((all, one) => all + one.requests, 0);
  const told = [...backends].sort((a, b) => ofEpisodes(b) - ofEpisodes(a)).slice(0, TOLD);
  const parts = told.map((backend) => {
    const { usual, episodes } = backend;
    const requests = ofEpisodes(backend);
    const measured = episodes.flatMap(({ seconds: time, requests: count }) => (time === null ? [] : [{ time, count }]));
    const count = measured.reduce((all, one) => all + one.count, 0);
    const mean = count === 0 ? null : measured.reduce((all, one) => all + one.time * one.count, 0) / count;
    const failed = episodes.some((one) => one.errors === null)
      ? null
      : episodes.reduce((all, one) => all + (one.errors ?? 0), 0);
    const time =
      mean === null
        ? ""
        : `, ${seconds(mean)}${usual.seconds === null ? "" : ` (otherwise ${seconds(usual.seconds)})`}`;
    const share = failed === null || requests === 0 ? "" : `, ${percent(failed / requests)} failed`;
    return `${backend.name}: ${plural(requests, "request")}${time}${share}`;
  });
  const more = backends.length > told.length ? `; and ${plural(backends.length - told.length, "other")}` : "";
  return {
    statement: `in the ${word}s, by the controller's own metrics: ${parts.join("; ")}${more}`,
    measures: { backends: backends.length },
  };
}
