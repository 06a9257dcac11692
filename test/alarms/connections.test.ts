import { expect, test } from "vitest";
import { alarmOn, balancer, investigated, judged, level } from "./account.ts";

const flash = { NewConnectionCount: level(1_000, 9_000), RequestCount: level(900, 8_000) };

test("a flash of traffic that the load balancer refuses is named, and capacity is offered by the highest minute", async () => {
  const metrics = { ...flash, RejectedConnectionCount: level(null, 400), PeakLCUs: level(1, 25) };
  const session = await investigated({ alarm: alarmOn("RejectedConnectionCount"), metrics }, balancer(["web"]));
  expect(session.playbook).toBe("connections");
  expect(session.verdict).toMatchObject({ rootCause: "connection-saturation", confidence: "confirmed" });
  expect(session.verdict?.factors).toContain("no-keep-alive");
  const fix = session.fixes.find(({ id }) => id === "reserve-capacity");
  expect(fix?.changes.map(({ command }) => command)).toEqual([
    "aws elbv2 modify-capacity-reservation --load-balancer-arn arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/app/shop/0123456789abcdef --minimum-load-balancer-capacity CapacityUnits=1500",
  ]);
});

test("without PeakLCUs no figure is made up", async () => {
  const metrics = { ...flash, RejectedConnectionCount: level(null, 400) };
  const { fixes } = await investigated({ alarm: alarmOn("RejectedConnectionCount"), metrics }, balancer(["web"]));
  const fix = fixes.find(({ id }) => id === "reserve-capacity");
  expect(fix?.changes).toEqual([]);
  expect(fix?.preconditions.join()).toContain("no figure is proposed");
});

test("refused connections without a flash stay open", async () => {
  const metrics = { NewConnectionCount: level(1_000, 1_000), RejectedConnectionCount: level(null, 400) };
  const session = await investigated({ alarm: alarmOn("RejectedConnectionCount"), metrics }, balancer(["web"]));
  expect(session.verdict?.rootCause).toBeNull();
  expect(judged(session, "connection-saturation").status).toBe("undetermined");
});

test.each([
  ["NewConnectionCount", "Sum", 5_000, flash],
  ["ActiveConnectionCount", "Sum", 5_000, { ...flash, ActiveConnectionCount: level(2_000, 9_000) }],
  ["ConsumedLCUs", "Maximum", 5, { ...flash, ConsumedLCUs: level(2, 9) }],
] as const)(
  "%s: many connections of which none is refused are no saturation",
  async (metric, statistic, threshold, metrics) => {
    const session = await investigated(
      { alarm: alarmOn(metric, { statistic, threshold }), metrics },
      balancer(["web"]),
    );
    expect(session.playbook).toBe("connections");
    expect(session.verdict?.rootCause).toBeNull();
    expect(judged(session, "connection-saturation").status).toBe("rejected");
  },
);

test("a load balancer at the end of its capacity is named before it refuses", async () => {
  const alarm = alarmOn("CapacityUtilization", { statistic: "Maximum", threshold: 90 });
  const metrics = { ...flash, CapacityUtilization: level(30, 100) };
  const { verdict } = await investigated({ alarm, metrics }, balancer(["web"]));
  expect(verdict).toMatchObject({ rootCause: "connection-saturation", confidence: "confirmed" });
});

test("a subnet in which the load balancer cannot grow is told, as far as EC2 may be read", async () => {
  const metrics = { ...flash, RejectedConnectionCount: level(null, 400) };
  const withFree = (AvailableIpAddressCount: number) => ({
    DescribeSubnets: { Subnets: [{ SubnetId: "subnet-lb", CidrBlock: "10.0.1.0/27", AvailableIpAddressCount }] },
  });
  const alarm = alarmOn("RejectedConnectionCount");
  const of = (more: Parameters<typeof balancer>[1]) => investigated({ alarm, metrics }, balancer(["web"], more));
  const short = await of(withFree(3));
  expect(short.factors.find(({ factor }) => factor === "subnet-nearly-full")?.statement).toContain(
    "subnet-lb (10.0.1.0/27) has 3 now",
  );
  expect((await of(withFree(40))).verdict?.factors).not.toContain("subnet-nearly-full");
  const unread = await of({});
  expect(unread.verdict?.factors).not.toContain("subnet-nearly-full");
  expect(unread.gaps.map(({ step }) => step)).toContain("subnets");
});
