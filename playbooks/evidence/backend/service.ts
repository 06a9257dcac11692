import { listServices, type StepContext } from "../../../src/playbook.ts";
import type { GuiltyBackend } from "../ingress-controller/fact.ts";
import { serviceFact } from "../service/fact.ts";
import { toService } from "../service/find.ts";

/** As the controller's metrics call it: "namespace/name". */
export function nameOf({ service: { namespace, name } }: GuiltyBackend): string {
  return `${namespace}/${name}`;
}

/** Gives the backend's Service; whether there is one of its name. */
export async function giveService(
  backend: GuiltyBackend,
  { ask, give }: Pick<StepContext<Record<never, never>>, "ask" | "give">,
): Promise<boolean> {
  const services = await ask(listServices());
  const own = services.ok
    ? services.value.find(
        ({ metadata }) => metadata.namespace === backend.service.namespace && metadata.name === backend.service.name,
      )
    : undefined;
  if (own) give(serviceFact, toService({ arn: backend.targetGroup, port: null }, own, "ingress-controller"));
  return own !== undefined;
}
