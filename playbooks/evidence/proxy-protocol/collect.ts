import {
  type Ask,
  controllerConfigMap,
  defineStep,
  type Expected,
  expectedByController,
  expectedByFiles,
  getConfigMap,
  type Question,
  type WorkloadFact,
} from "../../../src/playbook.ts";
import { serviceFact } from "../service/fact.ts";
import { topologyFact } from "../target-topology/fact.ts";
import { workloadFact } from "../workload/fact.ts";
import { type ProxyProtocol, proxyProtocolFact } from "./fact.ts";

/** Whether load balancer and server agree on PROXY protocol. */
export default defineStep({
  id: "proxy-protocol",
  title: "PROXY protocol",
  needs: { topology: topologyFact },
  uses: [workloadFact, serviceFact],
  gives: [proxyProtocolFact],
  async run({ facts: { topology }, ask, use, give, find }) {
    const [workload, service] = [await use(workloadFact), await use(serviceFact)];
    const port = Number(service?.targetPort ?? Number.NaN);
    const read = workload ? await readServer(workload, Number.isInteger(port) ? port : null, ask) : null;
    const sends = topology.proxyProtocol ?? null;
    const known: ProxyProtocol = { sends, asked: service?.asksProxyProtocol ?? null, server: read?.server ?? null };
    if (known.sends === null && known.server === null) return;
    give(proxyProtocolFact, known);
    const { server, asked } = known;
    const parts = [
      `the load balancer ${sends === null ? "may or may not send" : sends ? "sends" : "does not send"} PROXY protocol`,
      ...(asked === null ? [] : [`the Service ${asked ? "asks" : "does not ask"} for it`]),
      server === null
        ? "what the server expects was not read"
        : `the server ${server.expects ? "expects" : "does not expect"} it (${server.detail})`,
    ];
    find({
      id: "sides",
      statement: parts.join("; "),
      measures: { sends, asked, expects: server?.expects ?? null },
      proof: read?.proof ?? [],
    });
  },
});

/** What the server's own configuration says: ingress-nginx's ConfigMap, or files of nginx or HAProxy that it mounts. */
async function readServer(
  { namespace, serving }: WorkloadFact,
  port: number | null,
  ask: Ask,
): Promise<{ server: Expected | null; proof: readonly Question[] }> {
  const own = controllerConfigMap(serving);
  if (own !== null) {
    const asked = getConfigMap(namespace, own);
    const answer = await ask(asked);
    return { server: answer.ok ? expectedByController(answer.value) : null, proof: [asked.question] };
  }
  const asked = serving.configMaps.map((name) => getConfigMap(namespace, name));
  const answers = await Promise.all(asked.map((one) => ask(one)));
  // A file that was not read may be the one that opens the port.
  if (answers.some((answer) => !answer.ok)) return { server: null, proof: [] };
  const files = answers.flatMap((answer) => (answer.ok ? Object.entries(answer.value) : []));
  return { server: expectedByFiles(files, port), proof: asked.map(({ question }) => question) };
}
