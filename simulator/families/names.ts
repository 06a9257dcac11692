import type { Random } from "../random.ts";

/** Words of which random names are made. */
const SERVICES = [
  "catalog",
  "pricing",
  "render",
  "orders",
  "inference",
  "reports",
  "profile",
  "billing",
  "export",
  "thumbnail",
  "ledger",
  "geo",
  "quotes",
  "matching",
  "checkout",
  "inventory",
  "search",
  "notify",
  "sessions",
  "scoring",
  "translate",
  "imports",
  "feed",
  "comments",
  "media",
  "tokens",
  "forms",
  "rates",
  "tickets",
  "signing",
] as const;
const ENDINGS = ["", "-service", "-api", "-backend", "-svc"] as const;
const NAMESPACES = ["default", "shop", "payments", "core", "platform", "media", "ml", "search", "backoffice"] as const;
const REGIONS = ["eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-southeast-2"] as const;

export interface Names {
  readonly services: readonly string[];
  readonly namespace: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly cluster: string;
}

/** `count` different services in one namespace of one cluster. */
export function drawNames(random: Random, count: number): Names {
  const ending = random.pick(ENDINGS);
  const region = random.pick(REGIONS);
  const letters = random.chance(0.6) ? ["a", "b", "c"] : ["a", "b"];
  return {
    services: random
      .shuffled(SERVICES)
      .slice(0, count)
      .map((word) => `${word}${ending}`),
    namespace: random.pick(NAMESPACES),
    region,
    zones: letters.map((letter) => `${region}${letter}`),
    cluster: `${random.pick(["prod", "main", "eks", "apps"])}-${random.pick(["blue", "green", "01", "eu", "live"])}`,
  };
}

/** A target group's name as the AWS Load Balancer Controller makes it: 8 + 8 letters and a hash. */
export function targetGroupName(random: Random, namespace: string, service: string): string {
  const short = (text: string) => text.replace(/[^a-zA-Z0-9]/g, "").slice(0, 8);
  return `k8s-${short(namespace)}-${short(service)}-${random.hex(10)}`;
}
