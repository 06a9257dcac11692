import { defineFactor, logRows, percent, plain, secondsOf, sum } from "../../../src/playbook.ts";
import { requestLogFact } from "../../evidence/access-logs/fact.ts";

/** At least this share of the load balancer's own answers in the episodes must be the web ACL's. */
const MOST = 0.5;
/** Fewer than this are a scanner or two, which every web ACL turns away. */
const ENOUGH = 20;
/** The last action that is executed answers: "waf" where AWS WAF rejected the request (ALB User Guide, "Actions taken"). */
const WEB_ACL = "waf";

/** A web ACL answers instead of the service (000 ALB page, 003): of the load balancer's 4xx the access log says which. */
export default defineFactor({
  factor: "blocked-by-waf",
  needs: { log: requestLogFact },
  find({ log }) {
    const own = (where: "episodes" | "quiet") => {
      // What was left out of the list is counted as somebody else's.
      const rows = logRows(log, "made", where);
      const count = (of: typeof rows) => sum(of.map((row) => row.count));
      return { all: count(rows), blocked: count(rows.filter(({ key }) => key[2] === WEB_ACL)) };
    };
    const { all, blocked } = own("episodes");
    if (blocked < ENOUGH || blocked < MOST * all) return null;
    const [minutes, quietly] = [secondsOf(log, "episodes") / 60, secondsOf(log, "quiet") / 60];
    const before = quietly === 0 ? "" : `, ${plain(own("quiet").blocked / quietly)} a minute in quiet periods`;
    return {
      statement: `${percent(blocked / all)} of the errors that the load balancer answered itself in the episodes are a web ACL's: it blocked ${plain(blocked)} requests, ${plain(blocked / minutes)} a minute${before}; the service saw none of them`,
      evidence: ["access-logs.made"],
    };
  },
});
