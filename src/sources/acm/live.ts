import { ACMClient, DescribeCertificateCommand, type DescribeCertificateCommandInput } from "@aws-sdk/client-acm";
import type { AwsOptions } from "../aws/aws.ts";
import { AwsSource, type Settings } from "../aws/source.ts";
import { Told } from "../failure.ts";

/** Answers questions from AWS Certificate Manager itself. Its one operation reads. */
export class LiveAcm extends AwsSource<ACMClient> {
  constructor(options: AwsOptions, credentials?: Settings["credentials"]) {
    super(
      {
        asked: { source: "acm", name: "Certificate Manager" },
        id: "acm",
        token: ["NextToken", "NextToken"],
        connect: (settings) => new ACMClient(settings),
        send,
      },
      options,
      credentials,
    );
  }
}

async function send(client: ACMClient, operation: string, input: object, abortSignal: AbortSignal): Promise<object> {
  if (operation !== "DescribeCertificate")
    throw new Told("malformed", `${operation} is not a Certificate Manager operation that lbdoctor uses`);
  // A question's input is the API's own input as JSON, so the types agree by construction.
  return client.send(new DescribeCertificateCommand(input as DescribeCertificateCommandInput), { abortSignal });
}
