import { connect } from "node:net";
import { nodePort, type Places } from "./places.ts";
import { realMs } from "./scale.ts";
import type { Balancer } from "./scenario.ts";

/** One service behind the load balancer: its host name and where its pods listen. */
export interface Backend {
  readonly host: string;
  readonly balancer: Balancer;
  /** Addresses of pods; those after `running` are places for pods that come later. */
  readonly pods: readonly string[];
  readonly running: number;
}

/** Fields of a line of nginx's access log, in order, parted by tabs. */
export const LOG_FIELDS = [
  "msec",
  "host",
  "request_time",
  "upstream_header_time",
  "upstream_addr",
  "status",
  "upstream_status",
  "upstream_http_x_pod",
  "upstream_http_x_peer",
  "connection",
  "connection_requests",
] as const;

/**
 * nginx as the load balancer: one process that never tries another target, as an ALB does not once a request was sent.
 * Its idle timeout is the time that it waits for a target.
 */
export function nginxConfig(folder: string, places: Places, backends: readonly Backend[]): string {
  const upstreams = backends.map(({ balancer, pods, running }, service) => {
    const targets =
      balancer.targetType === "ip"
        ? pods.slice(0, running)
        : Array.from({ length: balancer.nodes }, (_, node) => places.node(node, service));
    const least = balancer.algorithm === "least_outstanding_requests" ? "least_conn;" : "";
    const kept = balancer.kept > 0 ? `keepalive ${balancer.kept}; keepalive_requests 1000000; keepalive_time 1h;` : "";
    // An ALB judges targets by health checks, not by a single failed request.
    return `upstream s${service} { ${least} ${targets.map((one) => `server ${one} max_fails=0;`).join(" ")} ${kept}
      keepalive_timeout ${Math.round(realMs(balancer.idleTimeout))}ms; }`;
  });
  const servers = backends.map(
    ({ host, balancer }, service) => `server {
      listen ${places.balancer};
      server_name ${host};
      location / {
        proxy_pass http://s${service};
        proxy_http_version 1.1;
        proxy_set_header Connection "${balancer.kept > 0 ? "" : "close"}";
        proxy_next_upstream off;
        proxy_read_timeout ${Math.round(realMs(balancer.idleTimeout))}ms;
        proxy_connect_timeout ${realMs(10)}ms;
      }
    }`,
  );
  return `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/nginx-error.log crit;
  events { worker_connections 8192; }
  http {
    log_format tunnel '${LOG_FIELDS.map((field) => `$${field}`).join("\t")}';
    access_log ${folder}/access.log tunnel;
    client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f;
    uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
    keepalive_timeout ${realMs(3600)}ms; keepalive_requests 1000000;
    ${upstreams.join("\n")}
    ${servers.join("\n")}
  }`;
}

/** haproxy as kube-proxy: each connection to a NodePort goes to a pod picked at random, whoever is busy. */
export function haproxyConfig(folder: string, places: Places, backends: readonly Backend[]): string {
  const sections = backends.map(({ balancer, pods, running }, service) => {
    const binds = Array.from({ length: balancer.nodes }, (_, node) => `  bind ${places.node(node, service)}`);
    // The weight is the number of a server's places on haproxy's ring: with few of them its share is far from even.
    const servers = pods.map(
      (pod, index) => `  server p${index} ${pod} weight 200 ${index < running ? "" : "disabled"}`,
    );
    return [
      `frontend f${nodePort(service)}`,
      ...binds,
      `  default_backend s${service}`,
      `backend s${service}`,
      "  balance random(1)",
      "  retries 0",
      ...servers,
    ].join("\n");
  });
  return `global
  nbthread 1
  maxconn 8000
  stats socket ${folder}/haproxy.sock mode 600 level admin
defaults
  mode tcp
  timeout connect 1s
  timeout client 1h
  timeout server 1h
${sections.join("\n")}
`;
}

/** Tells haproxy to send to a pod, or no longer: what an endpoint slice's change comes to. */
export function setPod(folder: string, service: number, pod: number, ready: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(`${folder}/haproxy.sock`);
    socket.once("error", reject).once("close", () => resolve());
    socket.on("data", () => {});
    socket.write(`set server s${service}/p${pod} state ${ready ? "ready" : "maint"}\n`);
  });
}
