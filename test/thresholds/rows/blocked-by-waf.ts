import { requestLog, row } from "../../signals/logs.ts";
import type { Held } from "../row.ts";

type Module = typeof import("../../../playbooks/factors/blocked-by-waf/factor.ts");

const BLOCKED = ["-1 -1 -1 403 -", "-", "waf"];
const MALFORMED = ["-1 -1 -1 400 -", "-", "-"];
const REST = ["…", "…", "…"];
/** Of what the load balancer answered itself in the first episode so many are the web ACL's, so many are not. */
const statement =
  (blocked: number, others: number, { key = MALFORMED, quiet = 0 } = {}) =>
  (module: Module) =>
    module.default.find({
      log: requestLog(
        row(0, "made", BLOCKED, [[blocked, 0]], { group: "-" }),
        row(0, "made", key, [[others, 0]], { group: "-" }),
        row(2, "made", BLOCKED, [[quiet, 0]], { group: "-" }),
      )["request-log"],
    } as never)?.statement ?? null;
const found =
  (...of: Parameters<typeof statement>) =>
  (module: Module) =>
    statement(...of)(module) !== null;

export default {
  module: "playbooks/factors/blocked-by-waf/factor.ts",
  rows: [
    [
      "most of what the load balancer answered itself",
      statement(400, 100, { quiet: 20 }),
      "80 % of the errors that the load balancer answered itself in the episodes are a web ACL's: it blocked 400 requests, 20 a minute, 1 a minute in quiet periods; the service saw none of them",
    ],
    ["a little more than half", found(51, 50), true],
    ["a little less than half", found(49, 50), false],
    ["half", found(50, 50), true],
    ["what was left out of the list counts as others'", found(49, 50, { key: REST }), false],
    ["20 of 20", found(20, 0), true],
    ["19 of 19: a scanner", found(19, 0), false],
    ["quiet periods alone", found(0, 10, { quiet: 500 }), false],
    [
      "AWS WAF itself failed",
      (module: Module) =>
        module.default.find({
          log: requestLog(row(0, "made", ["-1 -1 -1 500 -", "-", "WAFServiceError"], [[100, 0]]))["request-log"],
        } as never),
      null,
    ],
  ],
} satisfies Held<Module>;
