import { readdir, rm } from "node:fs/promises";
import { investigate } from "../../src/api.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";
import { writeRecording } from "../../src/sources/recording/recording.ts";
import type { Measurement } from "./measurement.ts";
import { MeasuredSource } from "./source.ts";
import { delayOf, isStarved } from "./starvation.ts";

/** Investigates a measured run, as the command line would on a recording of it. */
export async function investigateMeasured(measurement: Measurement): Promise<Session> {
  const { id, description, minutes } = measurement.scenario;
  const source = new MeasuredSource(measurement);
  const { scenario } = source.measured.world;
  return investigate({
    source,
    opening: {
      id,
      version: "0",
      alarmName: scenario.alarm.name,
      now: iso(scenario.now),
      window: { start: scenario.now - minutes * 60, end: scenario.now },
      allowExec: true,
      source: { kind: "fixture", fixture: id, description },
    },
  });
}

/** Writes the recording of a measured run beside its measurement, in place of an older one. */
export async function recordMeasured(measurement: Measurement, folder: string): Promise<Session> {
  const { id, title, description } = measurement.scenario;
  const session = await investigateMeasured(measurement);
  for (const name of await readdir(folder)) if (name !== "measurement.json") await rm(`${folder}/${name}`);
  const { alarmName, now, window } = session.opening;
  await writeRecording(
    folder,
    {
      id,
      title,
      description,
      provenance: provenanceOf(measurement),
      alarm: alarmName,
      now,
      window: { start: iso(window.start), end: iso(window.end) },
      allowExec: true,
    },
    session.exchanges.flatMap(({ question, answer }) => (answer ? [{ question, answer }] : [])),
  );
  return session;
}

/** Which of a recording's figures were measured, on what, and what stands for what. */
function provenanceOf(measurement: Measurement): string {
  const { ran, machine, scale } = measurement;
  const period = scale.period / 1000;
  const busy = isStarved(measurement) ? ", and let requests leave late: take it with care" : "";
  return [
    `Measured in the wind tunnel (npm run tunnel) on ${ran.slice(0, 10)}: real processes on one machine with ${machine.cores} cores and Linux ${machine.kernel}: nginx ${machine.nginx} as the load balancer, haproxy ${machine.haproxy} with random pick as kube-proxy behind the NodePort, gunicorn ${machine.gunicorn} or Node ${machine.node} as pods in CFS groups, an open-loop client. It is not a capture of a real account.`,
    `Scale: one core is ${scale.core} of a real one, one real second is ${scale.time} seconds here; a worker at work uses ${scale.core} of a real core. The machine, which others used meanwhile, delayed a request by about ${delayOf(measurement).toFixed(2)} s${busy}.`,
    "CloudWatch: from nginx's access log. TargetResponseTime is upstream_header_time; a request counts in the minute in which it ended; statuses that no target sent are HTTPCode_ELB_*, 499 is 460; a zone is the number of the client's connection modulo the zones; NewConnectionCount counts new connections of clients and, by the ports that pods saw, to targets. No health check ran: targets are healthy from when they listened.",
    `Prometheus: container CPU and CFS counters are the groups' own, read every half second and interpolated to ticks of 5 s; a CFS period here was ${period} ms, told as ${(period * scale.time) / 100} of a container's 100 ms; threads and processes are as seen at the start. Memory and the nodes' other load are made up.`,
    "Elastic Load Balancing and Kubernetes: settings and pods are those that ran; CloudTrail holds no change, since none was made; the load balancer's idle timeout is how long nginx waited and kept idle connections. All names, ids and addresses, requests for memory, nodes and the alarm's history before the run are made up.",
  ].join(" ");
}
