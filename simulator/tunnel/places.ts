/** Where the parts of a run listen: all on loopback, every node and pod with an address of its own. */
const HTTP = 8080;
export const POD_PORT = 8000;
/** Runs with different `slot`s (1–250) can go on side by side. */
export class Places {
  constructor(readonly slot: number) {}

  get balancer(): string {
    return `127.${this.slot}.0.1:${HTTP}`;
  }

  get dependency(): string {
    return `127.${this.slot}.0.2:${HTTP}`;
  }

  /** A service's NodePort on a node; `service` 0 is the one in question. */
  node(node: number, service: number): string {
    return `127.${this.slot}.1.${1 + node}:${nodePort(service)}`;
  }

  pod(service: number, pod: number): string {
    return `127.${this.slot}.${2 + service}.${1 + pod}:${POD_PORT}`;
  }
}

export function nodePort(service: number): number {
  return 31_200 + service;
}

/** The name by which clients ask the load balancer for a service. */
export function hostOf(service: number): string {
  return ["data.example.com", "auth.example.com"][service] ?? "";
}
