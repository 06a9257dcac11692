import { isAllowed } from "../model/consent.ts";
import type { Opening } from "../model/session.ts";
import { epoch, iso } from "../model/time.ts";
import { sessionId } from "../sessions/id.ts";
import { LiveSource } from "../sources/live.ts";
import { kept } from "./access.ts";
import type { AlarmGiven } from "./alarm-given/one.ts";
import type { Origin, OriginOptions } from "./origin.ts";
import { usualWindow, windowOf } from "./window.ts";

/** The options that name AWS, a cluster and a Prometheus, as the AWS CLI and kubectl have them. */
export interface LiveOriginOptions extends Omit<OriginOptions, "fixture"> {
  readonly region?: string;
  readonly profile?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly prometheusUrl?: string;
  /** A folder with log files of the load balancer. */
  readonly logs?: string;
  /** A table of Athena with its access log. */
  readonly athena?: string;
  /** The workgroup in which Athena's queries run, where it is not "primary". */
  readonly athenaWorkgroup?: string;
}

export interface LiveOrigin extends Origin {
  readonly source: LiveSource;
  /** Ends what is still under way, such as a search whose result nobody needs any more; it would hold the process. */
  readonly end: () => void;
}

/** Whether logs are to be looked for elsewhere than where the load balancer writes its files; a table has one log. */
function logsNamed(options: LiveOriginOptions): Pick<Opening, "logs"> {
  if (options.logs !== undefined || isAllowed("insights", options)) return { logs: true };
  return options.athena === undefined ? {} : { logs: "requests" };
}

/**
 * AWS, the cluster and Prometheus as they are now. `mayExec`: somebody can still be asked whether commands may run in a
 * pod; without the answer yes, no such question comes.
 */
export function liveOrigin(
  alarm: AlarmGiven,
  options: LiveOriginOptions,
  environment: NodeJS.ProcessEnv,
  stop: AbortSignal,
  mayExec = false,
): LiveOrigin {
  const now = epoch(Math.floor(Date.now() / 1000));
  const allowExec = isAllowed("exec", options);
  const asked = {
    alarmName: alarm.name,
    now: iso(now),
    window: windowOf(options, now, usualWindow(now)),
    allowExec,
  };
  const { profile, context, kubeconfig, logs, athena, athenaWorkgroup, allow } = options;
  // An ARN names its region; an option is somebody's later thought.
  const region = options.region ?? alarm.region ?? undefined;
  const prometheusUrl = options.prometheusUrl ?? (environment.PROMETHEUS_URL || undefined);
  const over = new AbortController();
  return {
    end: () => over.abort(),
    source: new LiveSource({
      region,
      profile,
      context,
      kubeconfig,
      prometheusUrl,
      logs,
      athena,
      athenaWorkgroup,
      allow,
      allowExec: allowExec || mayExec,
      environment,
      stop: AbortSignal.any([stop, over.signal]),
    }),
    opening: {
      // The millisecond tells apart what is asked twice in one second.
      id: sessionId(`live ${Date.now()}`, asked),
      ...asked,
      ...logsNamed(options),
      source: {
        kind: "live",
        region: region ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? null,
        account: alarm.account,
        context: context ?? null,
      },
      access: kept(options),
    },
  };
}
