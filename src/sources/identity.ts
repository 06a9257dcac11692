import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Failure } from "../model/question.ts";
import { type AwsOptions, awsFailure } from "./aws/aws.ts";
import { clientSettings } from "./aws/client.ts";
import { withDeadline } from "./http/deadline.ts";

const ASKED = { source: "cloudwatch", name: "AWS STS" } as const;

/** Who AWS takes us for. GetCallerIdentity needs no permission, so that a failure is one of network or credentials. */
export async function callerIdentity(options: AwsOptions): Promise<{ readonly arn: string } | Failure> {
  try {
    const { Arn } = await withDeadline(options.limits.question, options.stop, ASKED, async (abortSignal) => {
      const client = new STSClient(await clientSettings(options, "sts"));
      return client.send(new GetCallerIdentityCommand({}), { abortSignal });
    });
    return Arn === undefined ? { kind: "malformed", message: "AWS STS returned no caller identity" } : { arn: Arn };
  } catch (error) {
    return awsFailure(error, ASKED, options);
  }
}
