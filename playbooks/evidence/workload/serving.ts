import { type Container, isProxy } from "../../../src/playbook.ts";

/**
 * The container that does the work: the one with the Service's target port, where none declares it the one with the
 * largest CPU request. A proxy with the port gives way to a container of the same pod that asks for more CPU.
 */
export function servingContainer(containers: readonly Container[], targetPort: string | null): Container | undefined {
  const declaring = containers.find(({ ports }) =>
    ports.some((port) => String(port.port) === targetPort || port.name === targetPort),
  );
  const byRequest = [...containers].sort((a, b) => weight(b) - weight(a));
  if (!declaring) return byRequest[0];
  const [largest] = byRequest.filter((one) => !isProxy(one));
  return isProxy(declaring) && largest && weight(largest) > weight(declaring) ? largest : declaring;
}

function weight({ cpuRequest, cpuLimit }: Container): number {
  return cpuRequest ?? cpuLimit ?? 0;
}
