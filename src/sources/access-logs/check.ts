import type { Checked, SourceCheck } from "../descriptor.ts";
import { describeLoadBalancerAttributes } from "../elbv2/questions.ts";
import { name, pagedItems } from "../parse.ts";
import * as z from "../zod.ts";
import type { LogsGiven } from "./engine.ts";
import type { LiveAccessLogs } from "./live.ts";

/** Load balancers whose settings are looked at: enough to know how it is done here, and no storm of requests. */
const LOOKED_AT = 10;

const balancer = z.object({ LoadBalancerArn: name, Type: name });

/** Whether access logs are written, and what would read them. */
export const LOGGING: SourceCheck<LiveAccessLogs> = {
  name: "access logs",
  async check(ask, opened) {
    const { given } = await opened();
    const named = namedEngine(given);
    if (named !== null) return named;
    const answer = await ask({ source: "elbv2", operation: "DescribeLoadBalancers", input: {} });
    if (answer.status === "failed") return { state: "failed", failure: answer.failure };
    const { value } = pagedItems(balancer, answer.pages, "LoadBalancers");
    const arns = value.filter(({ Type }) => Type === "application").map((one) => one.LoadBalancerArn);
    const looked = await Promise.all(
      arns.slice(0, LOOKED_AT).map(async (LoadBalancerArn) => {
        const { question, parse } = describeLoadBalancerAttributes(LoadBalancerArn);
        const one = await ask(question);
        return one.status === "failed" ? one.failure : parse(one.pages).value["access_logs.s3.enabled"] === "true";
      }),
    );
    const failure = looked.find((one) => typeof one === "object");
    if (failure) return { state: "failed", failure };
    const readBy = given.allow?.includes("athena")
      ? "where Athena's table of them is looked for by its location"
      : "where the objects are read";
    return inWords(looked.filter((on) => on === true).length, looked.length, arns.length, readBy);
  },
};

function namedEngine({ logs, athena, allow = [] }: LogsGiven): Checked | null {
  if (logs !== undefined) return { state: "ok", says: `read from the folder ${logs}` };
  if (athena === undefined) return null;
  const agreed = allow.includes("athena");
  return {
    state: agreed ? "ok" : "note",
    says: `read by Athena from ${athena}${agreed ? "" : ", with --allow athena"}`,
  };
}

function inWords(on: number, looked: number, all: number, readBy: string): Checked {
  if (all === 0) return { state: "note", says: "there is no Application Load Balancer here" };
  const of = looked < all ? `the first ${looked} of ${all}` : `${all}`;
  const says = `${on} of ${of} Application Load Balancers write theirs to S3, ${readBy}`;
  if (on > 0) return { state: "ok", says };
  return { state: "note", says: `${says}; one that CloudWatch Logs gets is read with --allow insights` };
}
