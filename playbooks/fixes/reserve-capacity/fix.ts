import { cells, defineFix, highest, plain, shellQuoted } from "../../../src/playbook.ts";
import { connectionLoadFact } from "../../evidence/connection-load/fact.ts";

/** The least that can be reserved for an Application Load Balancer (User Guide, "Capacity reservations"). */
const LEAST = 100;

/** Capacity that is there before the flash (004): sized by the highest minute, where AWS publishes it. */
export default defineFix({
  id: "reserve-capacity",
  for: ["connection-saturation"],
  uses: { load: connectionLoadFact },
  propose({ loadBalancer, alarm, load }, verdict) {
    if (verdict.rootCause !== "connection-saturation" || !alarm || !load) return null;
    const [, , , region = "", account = ""] = alarm.arn.split(":");
    const arn =
      loadBalancer?.arn ??
      `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${alarm.dimensions.LoadBalancer ?? ""}`;
    const peak = highest(cells(load.peak).map(({ value }) => value));
    // A minute's sum is a sixtieth of what an hour reserves (User Guide, "Monitor reservation").
    const units = peak === null ? null : Math.max(LEAST, Math.ceil((peak * 3_600) / load.peak.step));
    const quoted = shellQuoted(arn);
    const modify = (value: string) =>
      `aws elbv2 modify-capacity-reservation --load-balancer-arn ${quoted} --minimum-load-balancer-capacity CapacityUnits=${value}`;
    return {
      id: "reserve-capacity",
      for: ["connection-saturation"],
      title: units === null ? "reserve capacity before the next surge" : `reserve ${plain(units)} capacity units`,
      why: "The load balancer grows with its load within minutes; reserved capacity is there before the load comes.",
      risk: "It is billed by the hour, used or not, and can only be lowered twice a day.",
      changes:
        units === null
          ? []
          : [
              {
                target: `load balancer ${alarm.dimensions.LoadBalancer ?? ""}`,
                patch: `CapacityUnits=${units}`,
                command: modify(String(units)),
              },
            ],
      preconditions: [
        ...(units === null
          ? [
              "PeakLCUs has no datapoint here (AWS publishes it with a reservation): no figure is proposed. A load test, or the console's estimate (Capacity tab), gives one",
              modify("…"),
            ]
          : []),
        "the surge will come again, or is known beforehand: a single one needs no reservation",
      ],
      verify: [
        `aws elbv2 describe-capacity-reservation --load-balancer-arn ${quoted}`,
        "RejectedConnectionCount has no datapoint in the next surge",
      ],
      rollback: [`aws elbv2 modify-capacity-reservation --load-balancer-arn ${quoted} --reset-capacity-reservation`],
      ...(units === null || peak === null
        ? {}
        : { arithmetic: [`highest period: ${plain(peak)} PeakLCUs in ${load.peak.step} s, ${plain(units)} an hour`] }),
      notOffered: [
        {
          id: "higher-threshold",
          title: "a higher threshold of the alarm",
          because: "clients were refused: the alarm was right",
          evidence: ["connection-load.course"],
        },
      ],
    };
  },
});
