import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Settings } from "../aws/source.ts";

/** Gives AWS credentials; throws what the SDK throws where there are none. */
export type Credentials = Settings["credentials"];

class Sha256 extends Hash {
  constructor(secret?: ConstructorParameters<typeof Hash>[1]) {
    super("sha256", secret);
  }
}

/**
 * Signs GET requests to Amazon Managed Service for Prometheus in a region with AWS's Signature Version 4. Only for hosts of
 * AWS: the headers hold the session token.
 */
export function signer(region: string, credentials: Credentials) {
  const signature = new SignatureV4({
    service: "aps",
    region,
    credentials,
    sha256: Sha256,
  });
  return async ({ protocol, host, hostname, pathname, searchParams }: URL): Promise<{ [name: string]: string }> => {
    const { headers } = await signature.sign({
      method: "GET",
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { host },
    });
    return headers;
  };
}
