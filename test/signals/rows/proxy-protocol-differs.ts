import { changes } from "../changes.ts";
import { proxyProtocol } from "../connections.ts";
import { alarm, episodes, judged, level } from "../facts.ts";
import type { Row } from "../row.ts";

/** All fails from minute 122 on; in minute 120 the target group's attribute was set. */
const since = (name: string, reaches: "yes" | "no" = "yes") => ({
  ...alarm(),
  ...changes([{ at: 120, kind: "attribute", reaches, settings: [{ name, before: "false", after: "true" }] }]),
  ...judged(level(0, 5, [[122, 240]], 240)),
  ...episodes([[122, 240]], {}, 240),
});

export default [
  [
    "it is sent since all fails, and what the server expects was not read",
    { ...proxyProtocol(true, null, true), ...since("proxy_protocol_v2.enabled") },
    "yes",
  ],
  [
    "another target group was changed",
    { ...proxyProtocol(true, null, true), ...since("proxy_protocol_v2.enabled", "no") },
    "unknown",
  ],
  [
    "another attribute was changed",
    { ...proxyProtocol(true, null, true), ...since("preserve_client_ip.enabled") },
    "unknown",
  ],
  [
    "it is sent since all fails, and the server was read to expect it",
    { ...proxyProtocol(true, { expects: true }), ...since("proxy_protocol_v2.enabled") },
    "no",
  ],
  ["it is sent, and the server was read not to expect it", proxyProtocol(true, { expects: false }), "yes"],
  ["it is not sent, and the server was read to expect it", proxyProtocol(false, { expects: true }), "yes"],
  ["both speak it", proxyProtocol(true, { expects: true }), "no"],
  ["neither does", proxyProtocol(false, { expects: false }), "no"],
  ["it is sent, and by default the server does not expect it", proxyProtocol(true, { isDefault: true }), "unclear"],
  ["it is not sent, and by default not expected", proxyProtocol(false, { isDefault: true }), "unknown"],
  ["it is not sent, and the Service asks for it", proxyProtocol(false, null, true), "unclear"],
  ["it is sent, and the Service does not ask for it", proxyProtocol(true, null, false), "unclear"],
  ["it is sent as the Service asks", proxyProtocol(true, null, true), "unknown"],
  ["only what is sent is known", proxyProtocol(true, null), "unknown"],
  ["what is sent is not known", proxyProtocol(null, { expects: true }, true), "unknown"],
  ["the server was read, whatever the Service asks for", proxyProtocol(true, { expects: true }, false), "no"],
] satisfies readonly Row[];
