import { type Ask, describeTargetHealth } from "../../../src/playbook.ts";

/** Ids of the targets that serve: instances or addresses. */
export async function healthyIds(arn: string, ask: Ask): Promise<string[]> {
  const health = await ask(describeTargetHealth(arn));
  return health.ok ? [...new Set(health.value.flatMap(({ id, state }) => (state === "draining" ? [] : [id])))] : [];
}
