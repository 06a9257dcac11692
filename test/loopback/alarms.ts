import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Answer, Question } from "../../src/model/question.ts";
import { encoded, pageOf, readRequest } from "../../src/served/aws.ts";
import type { Source } from "../../src/sources/port.ts";

/** An account with these alarms on a load balancer, all in ALARM, and nothing else. */
export function alarmsOnly(names: readonly string[], metric = "TargetResponseTime"): Source {
  return { ask: async (question) => alarmsAnswer(names, metric, question) };
}

function alarmsAnswer(names: readonly string[], metric: string, { operation, input }: Question): Answer {
  if (operation !== "DescribeAlarms") return { status: "answered", pages: [{ items: [] }] };
  const asked = input.AlarmNames as readonly string[] | undefined;
  const found = names.filter((name) => asked === undefined || asked.includes(name));
  return {
    status: "answered",
    pages: [{ MetricAlarms: found.map((name) => alarm(name, metric)), CompositeAlarms: [] }],
  };
}

function alarm(name: string, metric: string) {
  return {
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:eu-west-2:111122223333:alarm:${name}`,
    StateValue: "ALARM",
    Namespace: "AWS/ApplicationELB",
    MetricName: metric,
    Dimensions: [{ Name: "LoadBalancer", Value: "app/k8s-api-prod/0123456789abcdef" }],
    Statistic: "Average",
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 1,
    ComparisonOperator: "GreaterThanThreshold",
  };
}

/** CloudWatch with one alarm in one region: the region is part of a request's signature. */
export async function alarmIn(region: string, name: string): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const asked = readRequest(request.headers, await text(request));
    const there = String(request.headers.authorization).includes(`/${region}/`);
    const answer = asked.question ? alarmsAnswer(there ? [name] : [], "TargetResponseTime", asked.question) : null;
    const page = answer?.status === "answered" ? pageOf(answer, asked) : {};
    const { status, type, body } = encoded(asked, page);
    response.writeHead(status, { "content-type": type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
