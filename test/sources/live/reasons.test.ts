import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { LiveSource } from "../../../src/sources/live.ts";
import { awsEnvironment } from "../../loopback/environment.ts";
import { QUICK, SAMPLES } from "./rig.ts";

const MISFIT = "The request signature we calculated does not match the signature you provided.";

/** What the real SDK and lbdoctor make of AWS's refusal, by a server whose clock differs from ours by so many seconds. */
async function refusedWith(code: string, message: string, ahead = 0): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const date = new Date(Date.now() + ahead * 1_000).toUTCString();
    response.writeHead(403, { "content-type": "application/x-amz-json-1.0", date });
    response.end(JSON.stringify({ __type: `com.amazonaws#${code}`, message }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  awsEnvironment(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const limits = { ...QUICK, question: 10_000 };
  const live = new LiveSource({ kubeconfig: "/nowhere", allowExec: false, environment: {}, limits });
  const answer = await live.ask(SAMPLES.cloudwatch.question);
  if (answer.status !== "failed") throw new Error("it was answered");
  expect(answer.failure.kind).toBe("unauthenticated");
  return answer.failure.message;
}

test.each([
  ["RequestExpired", "Request has expired. Timestamp date is 2026-06-26T08:00:00Z"],
  ["RequestTimeTooSkewed", "The difference between the request time and the current time is too large."],
  ["SignatureDoesNotMatch", "Signature expired: 20260626T080000Z is now earlier than 20260626T081000Z"],
  ["InvalidSignatureException", "Signature not yet current: 20260626T083000Z is still later than 20260626T081500Z"],
])("%s with its words of a time is the clock", async (code, message) => {
  expect(await refusedWith(code, message)).toMatch(/^this machine's clock is off, .*: set the clock$/);
});

test("a server whose clock is another one tells by how much ours is off", async () => {
  const message = await refusedWith("SignatureDoesNotMatch", MISFIT, 900);
  expect(message).toMatch(/^this machine's clock is off by about (899|900|901) s \(it is slow\)/);
});

test("a clock is not blamed for less than AWS takes", async () => {
  // A signature is good for five minutes.
  for (const ahead of [240, -240])
    expect(await refusedWith("SignatureDoesNotMatch", MISFIT, ahead)).toMatch(
      /^the AWS secret access key does not belong/,
    );
});

test.each([
  [
    "ExpiredTokenException",
    "The security token included in the request is expired",
    /^the AWS credentials have expired/,
  ],
  ["SignatureDoesNotMatch", MISFIT, /^the AWS secret access key does not belong to its access key/],
  ["UnrecognizedClientException", "The security token is invalid.", /^AWS does not know these credentials/],
  ["InvalidClientTokenId", "The security token is invalid.", /^AWS does not know these credentials/],
])("%s is told apart", async (code, message, words) => {
  expect(await refusedWith(code, message)).toMatch(words);
});
