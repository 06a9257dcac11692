import { defineCause, is, sentence } from "../../../src/playbook.ts";
import refused from "../../signals/connections-refused.ts";
import surged from "../../signals/connections-surged.ts";

/** A flash of traffic brings more connections than the load balancer has scaled to (003 F3, 004): it refuses some. */
export default defineCause({
  cause: "connection-saturation",
  title: "a surge of traffic exceeds what the load balancer can take",
  claim:
    "So many new connections arrive at once that the load balancer refuses some: it scales within minutes, not immediately.",
  specific: [refused],
  rejects: [is(refused, "no")],
  needs: [is(surged, "yes")],
  supports: [is(refused, "yes"), is(surged, "unclear", "unknown")],
  uses: {},
  words(_, readings) {
    return {
      headline: "A surge of traffic brought more connections than the load balancer could take.",
      summary: `${sentence(readings.get(refused.id)?.statement ?? "")}; ${readings.get(surged.id)?.statement ?? ""}. A load balancer grows with its load, but takes minutes to do so: capacity that is reserved before a surge is available immediately.`,
    };
  },
});
