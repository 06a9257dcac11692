import { listServices, type StepContext } from "../../../src/playbook.ts";
import type { GuiltyBackend } from "../ingress-controller/fact.ts";
import { serviceFact } from "../service/fact.ts";
import { toService } from "../service/find.ts";

/** As the controller's metrics call it: "namespace/name". */
export function nameOf({ service: { namespace, name } }: GuiltyBackend): string {
  return `${namespace}/${name}`;
}

/** Gives the backend's Service; whether there is one. Where there is none of the name, that is a gap. */
export async function giveService(
  backend: GuiltyBackend,
  { ask, give, lack }: Pick<StepContext<Record<never, never>>, "ask" | "give" | "lack">,
): Promise<boolean> {
  const services = await ask(listServices());
  const own = services.ok
    ? services.value.find(
        ({ metadata }) => metadata.namespace === backend.service.namespace && metadata.name === backend.service.name,
      )
    : undefined;
  if (own) give(serviceFact, toService({ arn: backend.targetGroup, port: null }, own, "ingress-controller"));
  else if (services.ok)
    lack({
      source: "kubernetes",
      kind: "missing",
      what: `it has no Service ${nameOf(backend)}, which ${backend.controller}'s metrics name, so that its pods are not judged`,
      remedy: `kubectl get services --all-namespaces: the name in the metrics may be of another cluster, or the Service is gone`,
    });
  return own !== undefined;
}
