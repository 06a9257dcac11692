import type { World } from "../../world.ts";
import { focusLabels } from "./meta.ts";

/** The pod template of the focus deployment at one version. */
export function podTemplate(world: World, version: string) {
  return { metadata: { labels: focusLabels(world) }, spec: podSpec(world, version) };
}

export function podSpec(world: World, version: string) {
  const { focus } = world.scenario;
  const { configFile } = world.server;
  const volume = `${focus.deployment}-config`;
  return {
    containers: withBeside(world, container(world, version, configFile ? volume : null)),
    ...(configFile ? { volumes: [{ name: volume, configMap: { name: configMapName(world), defaultMode: 420 } }] } : {}),
    ...(focus.spread
      ? {
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: "kubernetes.io/hostname",
              whenUnsatisfiable: "ScheduleAnyway",
              labelSelector: { matchLabels: focusLabels(world) },
            },
          ],
        }
      : {}),
    dnsPolicy: "ClusterFirst",
    restartPolicy: "Always",
    schedulerName: "default-scheduler",
    serviceAccountName: focus.deployment,
    terminationGracePeriodSeconds: 60,
  };
}

export function configMapName(world: World): string {
  return `${world.scenario.focus.deployment}-gunicorn`;
}

export function imageOf(world: World, version: string): string {
  return `${world.scenario.focus.image}:${version}`;
}

function container(world: World, version: string, volume: string | null) {
  const { focus } = world.scenario;
  const { command, args, env } = world.server;
  const scheme = focus.protocol;
  const check = (path: string) => ({ httpGet: { path, port: focus.targetPort, scheme } });
  return {
    name: focus.container,
    image: imageOf(world, version),
    imagePullPolicy: "IfNotPresent",
    command,
    ...(args.length > 0 ? { args } : {}),
    env: [{ name: "LOG_LEVEL", value: "info" }, ...env],
    ...(focus.beside && focus.beside.port !== null
      ? {}
      : { ports: [{ name: "http", containerPort: focus.containerPort, protocol: "TCP" }] }),
    resources: {
      requests: { cpu: milli(focus.cpuRequest), memory: focus.memoryRequest },
      ...(focus.cpuLimit === null && focus.memoryLimit === null
        ? {}
        : {
            limits: {
              ...(focus.cpuLimit === null ? {} : { cpu: milli(focus.cpuLimit) }),
              ...(focus.memoryLimit === null ? {} : { memory: focus.memoryLimit }),
            },
          }),
    },
    ...(focus.probes.startup
      ? {
          startupProbe: {
            ...check("/internal/pre-cache"),
            periodSeconds: 10,
            failureThreshold: 30,
            timeoutSeconds: 10,
          },
        }
      : {}),
    ...(focus.probes.liveness
      ? {
          livenessProbe: {
            ...check(focus.healthCheck.path),
            periodSeconds: 30,
            failureThreshold: 5,
            timeoutSeconds: 10,
          },
        }
      : {}),
    ...(focus.probes.readiness
      ? {
          readinessProbe: {
            ...check(focus.healthCheck.path),
            periodSeconds: 10,
            failureThreshold: 3,
            timeoutSeconds: 5,
          },
        }
      : {}),
    ...(volume === null ? {} : { volumeMounts: [{ name: volume, mountPath: "/etc/gunicorn", readOnly: true }] }),
  };
}

/** The containers of a pod: the serving one, and the one beside it where there is one. */
function withBeside(world: World, serving: object): object[] {
  const { beside } = world.scenario.focus;
  if (!beside) return [serving];
  const { container: name, image, command, port, cpuRequest, cpuLimit, first } = beside;
  const other = {
    name,
    image,
    imagePullPolicy: "IfNotPresent",
    command,
    ...(port === null ? {} : { ports: [{ name: "http-main", containerPort: port, protocol: "TCP" }] }),
    resources: {
      requests: { cpu: milli(cpuRequest), memory: "256Mi" },
      limits: { ...(cpuLimit === null ? {} : { cpu: milli(cpuLimit) }), memory: "1Gi" },
    },
  };
  return first ? [other, serving] : [serving, other];
}

/** Kubernetes' way to write cores: "1200m", "2". */
function milli(cores: number): string {
  return Number.isInteger(cores) ? String(cores) : `${Math.round(cores * 1000)}m`;
}
