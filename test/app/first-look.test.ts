import { expect, test } from "vitest";
import { firstLook } from "../../src/app/first-look/look.ts";
import type { Answer, Question } from "../../src/model/question.ts";
import { describeAlarms } from "../../src/sources/cloudwatch/questions.ts";
import { listServices } from "../../src/sources/kubernetes/questions.ts";
import type { Source } from "../../src/sources/port.ts";

/* What is asked before an investigation begins, and what the investigation then has of it. */

const stop = new AbortController().signal;
const services = listServices().question;
const ALARM = { AlarmName: "slow", AlarmArn: "arn:aws:cloudwatch:eu-west-2:1:alarm:slow", StateValue: "OK" };

/** Answers with this alarm; whatever is asked of the cluster, `cluster` answers. */
function world(cluster: (question: Question) => Promise<Answer>) {
  const asked: string[] = [];
  const source: Source = {
    ask: (question) => {
      asked.push(question.operation);
      return question.source === services.source
        ? cluster(question)
        : Promise.resolve({ status: "answered", pages: [{ MetricAlarms: [ALARM], CompositeAlarms: [] }] });
    },
  };
  return { asked, source };
}

const away: Answer = { status: "failed", failure: { kind: "timeout", message: "no answer" } };

test("nothing is asked twice, and a cluster that is away is asked once", async () => {
  const { asked, source } = world(async () => away);
  const look = await firstLook(source, "slow", stop, true);
  expect([look.alarm, look.cluster]).toEqual(["there", away.failure]);
  await look.source.ask(describeAlarms(["slow"]).question);
  await look.source.ask(services);
  expect(await look.source.ask({ ...services, operation: "listPods" })).toEqual(away);
  expect(asked).toEqual(["DescribeAlarms", services.operation]);
});

test("an adapter that throws does not keep the investigation from beginning, and throws there again", async () => {
  const { source } = world(() => Promise.reject(new TypeError("a defect")));
  const look = await firstLook(source, "slow", stop, true);
  expect([look.alarm, look.cluster]).toEqual(["there", null]);
  await expect(look.source.ask(services)).rejects.toThrow("a defect");
  const broken = await firstLook({ ask: () => Promise.reject(new TypeError("a defect")) }, "slow", stop, true);
  expect(broken.alarm).toBe("there");
});
