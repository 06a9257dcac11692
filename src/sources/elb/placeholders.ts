import type { Question } from "../../model/question.ts";
import { KNOWN_LATER as K, NODE_PORT } from "../placeholders.ts";

/** A Classic Load Balancer with one listener and no instance. */
export function placeholder({ operation, input }: Question): unknown {
  switch (operation) {
    case "DescribeLoadBalancers":
      return {
        LoadBalancerDescriptions: (input.LoadBalancerNames as readonly string[]).map((LoadBalancerName) => ({
          LoadBalancerName,
          DNSName: K.hostName,
          ListenerDescriptions: [{ Listener: { Protocol: "TCP", LoadBalancerPort: 80, InstancePort: NODE_PORT } }],
        })),
      };
    case "DescribeLoadBalancerAttributes":
      return { LoadBalancerAttributes: {} };
    case "DescribeInstanceHealth":
      return { InstanceStates: [] };
    default:
      return { TagDescriptions: [] };
  }
}
