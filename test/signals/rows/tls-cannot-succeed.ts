import { changes } from "../changes.ts";
import { alarm, at, episodes, judged, level, series } from "../facts.ts";
import type { Row } from "../row.ts";

const on = (metric: string) => ({ alarm: { ...alarm().alarm, metric } });
const certificate = (notAfter: number | null, more: object = {}) => ({
  arn: "a",
  domains: ["shop.example.com"],
  status: "ISSUED",
  type: "AMAZON_ISSUED",
  notBefore: null,
  notAfter,
  renewal: null,
  unvalidated: [],
  usedBy: ["arn:lb"],
  ...more,
});
const listeners = [{ port: 443, policy: null, hosts: [], certificates: ["a"] }];
const held = (one: object | null, more: object = {}) => ({
  certificates: { listeners, certificates: one ? [one] : [], unread: [], asOf: at(60), ...more } as never,
});
/** Clients fail from minute 30 on, and the certificate ends at this minute. */
const clients = (ends: number | null, more: object = {}) => ({
  ...on("ClientTLSNegotiationErrorCount"),
  ...episodes(),
  ...held(certificate(ends === null ? null : at(ends)), more),
});
/** A certificate with so many days left at the end of the window. */
const days = (left: number | null, more: object = {}) => ({
  ...on("DaysToExpiry"),
  ...held(certificate(left === null ? null : at(60) + left * 86_400, more)),
});
/** Clients fail from minute 30 on; a certificate that is valid since so many hours before is not for the rules' names. */
const strange = (hours: number | null, more: object = {}, hosts: readonly string[] | null = ["pay.example.com"]) => ({
  ...on("ClientTLSNegotiationErrorCount"),
  ...episodes(),
  ...held(certificate(at(90), { notBefore: hours === null ? null : at(30) - hours * 3600, ...more }), {
    listeners: [{ port: 443, policy: null, hosts, certificates: ["a"] }],
  }),
});
/** Handshakes that fail, and requests that are answered, in each minute of the spike. */
const targets = (failed: number, answered: number, percentAtOtherTimes = 0) => ({
  ...on("TargetTLSNegotiationErrorCount"),
  ...episodes(),
  handshakes: [
    { arn: "a", name: "cart", failed: handshakes(0), answered: handshakes(50) },
    {
      arn: "b",
      name: "shop",
      failed: handshakes(failed, percentAtOtherTimes),
      answered: handshakes(answered, 100 - percentAtOtherTimes),
    },
  ] as never,
});
const handshakes = (inside: number, outside = 0) => series(level(outside, inside));

/** The same, at the alarm's own threshold for two hours before and since, with a change of this kind just before. */
const changed = (certificates: object, change: object = {}, clear = true) => {
  const known = {
    ...on("ClientTLSNegotiationErrorCount"),
    ...judged(
      level(
        0.1,
        0.8,
        clear
          ? [[122, 240]]
          : [
              [10, 60],
              [122, 240],
            ],
        240,
      ),
    ),
    ...episodes([[122, 240]], {}, 240),
    ...changes([{ at: 120, kind: "certificate", call: "ModifyListener", ...change }]),
  };
  return { ...known, ...certificates };
};
const good = held(certificate(at(9_000)));

export default [
  ["a listener's policy was changed, and clients fail since", changed(good), "yes"],
  ["the same, and certificates could not be read", changed({}), "yes"],
  ["the same, and some were not read", changed(held(certificate(at(9_000)), { unread: ["b"] })), "yes"],
  ["the same, and a certificate ended long before", changed(held(certificate(at(-300)))), "yes"],
  ["a rule was changed", changed(good, { kind: "routing" }), "no"],
  ["another load balancer's policy was changed", changed(good, { reaches: "no" }), "no"],
  ["clients had failed before it too", changed(good, {}, false), "no"],
  ["a listener was changed after clients began to fail", changed(good, { at: 130 }), "no"],
  ["it ended when clients began to fail", clients(30), "yes"],
  ["it ended within the minute in which they began", clients(30.9), "yes"],
  ["it ended after they had begun", clients(31.1), "unclear"],
  ["it ended 59 minutes before", clients(-29), "yes"],
  ["it ended 61 minutes before", clients(-31), "unclear"],
  ["it ends later", clients(90), "no"],
  ["it ends in the last minute of the episode", clients(39), "unclear"],
  ["its expiry is not known", clients(null), "no"],
  ["one was not read", clients(90, { unread: ["b"] }), "unknown"],
  [
    "a listener's were not read",
    clients(90, { listeners: [{ port: 443, policy: null, hosts: [], certificates: null }] }),
    "unknown",
  ],
  ["there is no TLS listener", clients(30, { listeners: [] }), "unknown"],
  ["there is no episode", { ...clients(30), ...episodes([]) }, "unknown"],
  ["the alarm was on since before the window", longAgo(), "yes"],
  ["a new one is for other names", strange(23), "yes"],
  ["one that is not so new is for other names", strange(25), "no"],
  ["one that is valid from later on is for other names", strange(-1), "no"],
  ["a new one is for one of the names", strange(1, { domains: ["*.example.com"] }), "no"],
  ["since when it is valid is not told", strange(null), "no"],
  ["a new one, and the names are not known", strange(1, {}, null), "no"],
  ["it was imported", days(20, { type: "IMPORTED" }), "yes"],
  ["its renewal failed", days(20, { renewal: "FAILED" }), "yes"],
  [
    "a name is not validated",
    days(20, { unvalidated: [{ domain: "shop.example.com", method: "DNS", record: null }] }),
    "yes",
  ],
  ["nothing uses it", days(20, { usedBy: [] }), "yes"],
  ["it has ended, and was imported", days(-2, { type: "IMPORTED" }), "yes"],
  ["it is renewed in time", days(31), "no"],
  ["it is to be renewed, and was not yet", days(29), "unclear"],
  ["its end is not told, and it is watched", days(null), "unknown"],
  ["it could not be read", { ...days(1), ...held(null) }, "unknown"],
  ["11 % of the connections to targets fail", targets(11, 89), "yes"],
  ["9 % of them do", targets(9, 91), "unclear"],
  ["11 % of them do, and 0.9 % at other times", targets(11, 89, 0.9), "yes"],
  ["11 % of them do, and 1.1 % at other times", targets(11, 89, 1.1), "unclear"],
  ["1.05 % of them do", targets(1.05, 98.95), "unclear"],
  ["0.95 % of them do", targets(0.95, 99.05), "no"],
  ["none does", targets(0, 99), "unknown"],
  ["the handshakes could not be read", { ...targets(1, 1), handshakes: undefined as never }, "unknown"],
] satisfies readonly Row[];

/** In ALARM since two hours before the window, when the certificate ended. */
function longAgo() {
  const { episodes: fact } = episodes();
  const [first] = fact.episodes;
  const since = at(-120);
  return {
    ...clients(-120),
    episodes: { ...fact, episodes: first ? [{ ...first, since }] : [] },
  };
}
