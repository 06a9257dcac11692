import {
  defineFix,
  logGroup,
  namedRows,
  percent,
  plain,
  type ReadLog,
  secondsOf,
  shellQuoted,
  wholeLog,
} from "../../../src/playbook.ts";
import { requestLogFact } from "../../evidence/access-logs/fact.ts";

/** Seconds in which AWS WAF counts: the shortest, since a storm is over before a longer one is full. */
const WINDOW = 60;
/** The least limit that AWS WAF takes (AWS WAF Developer Guide, Rate-based rule high-level settings). */
const LEAST = 10;
/** Room above the busiest of all others: what is known of them are averages over the minutes that were read. */
const ROOM = 2;

/**
 * A limit for what one address may send, by a rate-based rule of AWS WAF: above what every client usually sends, and well
 * below what this one sends in the episodes. It is shown, and nothing is run.
 */
export default defineFix({
  id: "limit-the-client",
  for: ["client-storm"],
  uses: { log: requestLogFact },
  propose({ suspect, loadBalancer, log }, verdict) {
    const group = suspect?.group;
    if (verdict.rootCause !== "client-storm" || !loadBalancer || !group || !log) return null;
    const rates = ratesOf(log, logGroup(group.arn));
    if (!rates) return null;
    const { client, storm, usual, others, all } = rates;
    const limit = Math.max(LEAST, Math.ceil((ROOM * Math.max(usual, others)) / 10) * 10);
    const bites = limit < storm;
    const rule = JSON.stringify([ruleOf(limit)]);
    const arn = shellQuoted(loadBalancer.arn);
    const visible = "SampledRequestsEnabled=true,CloudWatchMetricsEnabled=true,MetricName=limit-per-address";
    const command = `aws wafv2 create-web-acl --scope REGIONAL --name limit-per-address --default-action ${shellQuoted("Allow={}")} --visibility-config ${visible} --rules ${shellQuoted(rule)}`;
    return {
      id: "limit-the-client",
      for: ["client-storm"],
      title: bites
        ? `at most ${limit} requests a minute from one address`
        : `ask whoever runs ${client} to send less at a time`,
      why: bites
        ? `${client} sends ${plain(Math.round(storm))} requests a minute in the episodes and ${plain(Math.round(usual))} in quiet periods; no other address sends more than ${plain(Math.round(others))}. A limit between the two stops the one and touches nobody else.`
        : `Another address sends as many: ${plain(Math.round(others))} requests a minute, so that no limit for single addresses lies between them.`,
      risk: "Whoever shares an address (a proxy, an office, a mobile network) shares the limit; blocked requests get a 403, and a client that repeats at once sends more of them. AWS WAF counts what came in the last minute, so that the first seconds of a storm pass.",
      changes: bites
        ? [
            {
              target: `web ACL of ${loadBalancer.name}`,
              patch: JSON.stringify(ruleOf(limit), null, 2),
              command,
              lines: [`+ at most ${limit} requests in ${WINDOW} s from one address (Count: nothing is blocked yet)`],
            },
          ]
        : [],
      preconditions: bites
        ? [
            `whether it has a web ACL: aws wafv2 get-web-acl-for-resource --resource-arn ${arn}. If so, add the rule to that one (aws wafv2 update-web-acl): a load balancer has one web ACL, and another in its place takes all its other rules away`,
            `else associate the new one: aws wafv2 associate-web-acl --resource-arn ${arn} --web-acl-arn "$(aws wafv2 list-web-acls --scope REGIONAL --query "WebACLs[?Name=='limit-per-address'].ARN" --output text)"`,
            "the rule counts at first: leave it so over a busy day, look at whom it would have stopped, then change its action from Count to Block",
            "where clients come through a proxy or CDN, every request has its address: aggregate by FORWARDED_IP then, with the header that it sets",
            `talk to whoever runs ${client} first, if that is one of your own: a job that waits between its requests needs no limit`,
          ]
        : [],
      verify: [
        "CountedRequests, then BlockedRequests of the rule (AWS/WAFV2) rise in the next storm, and at no other time",
        "the alarm stays OK under the next comparable load (lbdoctor verify)",
      ],
      rollback: bites
        ? [`aws wafv2 disassociate-web-acl --resource-arn ${arn}, if it was made for this; else the rule back to Count`]
        : [],
      arithmetic: [
        `${client}: ${plain(usual)} requests a minute in quiet periods, ${plain(storm)} in the episodes, on average`,
        `the busiest other address: ${plain(others)} a minute`,
        `limit: ${ROOM} × ${plain(Math.max(usual, others))} a minute, in tens: ${limit} in ${WINDOW} s`,
        ...(bites
          ? [
              `all requests in the episodes: ${plain(all)} a minute, with the limit about ${plain(all - storm + limit)} (${percent((all - storm + limit) / all)})`,
            ]
          : []),
        "no forecast of the alarm: how fast the service is at that load was not measured",
      ],
    };
  },
});

/** Requests a minute: of the client that brings the surplus, of the busiest other one, and of all. Null where not known. */
function ratesOf(log: ReadLog, group: string) {
  const [long, quiet] = [secondsOf(log, "episodes") / 60, secondsOf(log, "quiet") / 60];
  const all = wholeLog(log, "episodes", group);
  if (!all || long === 0 || quiet === 0) return null;
  const usually = new Map(namedRows(log, "client", "quiet", group).map(({ key, count }) => [key[0], count / quiet]));
  const clients = namedRows(log, "client", "episodes", group)
    .map(({ key, count }) => ({ client: key[0] ?? "", storm: count / long, usual: usually.get(key[0]) ?? 0 }))
    .sort((a, b) => b.storm - b.usual - (a.storm - a.usual));
  const [most, ...rest] = clients;
  if (!most) return null;
  usually.delete(most.client);
  return {
    ...most,
    others: Math.max(0, ...rest.map(({ storm }) => storm), ...usually.values()),
    all: all.count / long,
  };
}

/** The rule as CreateWebACL takes it. */
function ruleOf(limit: number) {
  return {
    Name: "limit-per-address",
    Priority: 0,
    Statement: { RateBasedStatement: { Limit: limit, EvaluationWindowSec: WINDOW, AggregateKeyType: "IP" } },
    Action: { Count: {} },
    VisibilityConfig: {
      SampledRequestsEnabled: true,
      CloudWatchMetricsEnabled: true,
      MetricName: "limit-per-address-rule",
    },
  };
}
