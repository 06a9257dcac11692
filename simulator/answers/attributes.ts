import { typeOf } from "../front.ts";
import { logAttributes } from "../logs/attributes.ts";
import type { World } from "../world.ts";

type Values = { readonly [key: string]: string };

/** Attributes of the load balancer, by the keys of DescribeLoadBalancerAttributes. */
export function balancerAttributes({ scenario }: World): Values {
  const { loadBalancer } = scenario;
  const type = typeOf(scenario);
  const common = {
    "deletion_protection.enabled": "false",
    "load_balancing.cross_zone.enabled": String(loadBalancer.crossZone ?? type === "application"),
  };
  if (type === "gateway") return common;
  if (type === "network")
    return {
      ...common,
      "access_logs.s3.enabled": "false",
      "dns_record.client_routing_policy": "any_availability_zone",
      "zonal_shift.config.enabled": "false",
    };
  return {
    ...logAttributes(scenario),
    "idle_timeout.timeout_seconds": String(loadBalancer.idleTimeout),
    "client_keep_alive.seconds": "3600",
    "load_balancing.cross_zone.enabled": common["load_balancing.cross_zone.enabled"],
    "routing.http2.enabled": "true",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "deletion_protection.enabled": "false",
    "zonal_shift.config.enabled": "false",
  };
}

/** Attributes of a listener: a TCP listener's idle timeout is one of them. */
export function listenerAttributes({ scenario }: World): Values {
  const { idleTimeout } = scenario.loadBalancer;
  switch (typeOf(scenario)) {
    case "network":
      return { "tcp.idle_timeout.seconds": String(idleTimeout) };
    case "gateway":
      return { "tcp.idle_timeout.seconds": "350" };
    default:
      return { "routing.http.response.server.enabled": "true" };
  }
}

/** Attributes of a target group. `index`: into the services. */
export function groupAttributes({ scenario }: World, index: number): Values {
  const { focus, loadBalancer } = scenario;
  const own = index === 0;
  const sticky = own && focus.stickyClients !== null;
  const { delay = 300, terminates = false } = loadBalancer.deregistration ?? {};
  const shared = {
    "stickiness.enabled": String(sticky),
    "deregistration_delay.timeout_seconds": String(delay),
    "load_balancing.cross_zone.enabled":
      own && focus.routing?.crossZoneOff ? "false" : "use_load_balancer_configuration",
  };
  switch (typeOf(scenario)) {
    case "network":
      return {
        ...shared,
        "stickiness.type": "source_ip",
        "deregistration_delay.connection_termination.enabled": String(terminates),
        "preserve_client_ip.enabled": String(focus.targetType === "instance"),
        "proxy_protocol_v2.enabled": String(loadBalancer.proxyProtocol ?? false),
        "target_health_state.unhealthy.connection_termination.enabled": "true",
        "target_health_state.unhealthy.draining_interval_seconds": "0",
        "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
      };
    case "gateway":
      return {
        ...shared,
        "stickiness.type": "source_ip_dest_ip_proto",
        "target_failover.on_deregistration": "no_rebalance",
        "target_failover.on_unhealthy": "no_rebalance",
      };
    default:
      return {
        "stickiness.enabled": String(sticky),
        "stickiness.type": "lb_cookie",
        "stickiness.lb_cookie.duration_seconds": "86400",
        "deregistration_delay.timeout_seconds": String(delay),
        "slow_start.duration_seconds": "0",
        "load_balancing.algorithm.type": own ? focus.algorithm : "round_robin",
        "load_balancing.algorithm.anomaly_mitigation": "off",
        "load_balancing.cross_zone.enabled": shared["load_balancing.cross_zone.enabled"],
        "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
      };
  }
}
