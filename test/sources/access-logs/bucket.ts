import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { awsEnvironment } from "../../loopback/environment.ts";

export interface Bucket {
  /** "LIST prefix", "GET key", in order. */
  readonly requests: string[];
}

/** A bucket on loopback that answers as Amazon S3 does, two keys a page; it ends with the test. */
export async function startBucket(objects: ReadonlyMap<string, Buffer>, denied = false): Promise<Bucket> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const xml = (status: number, body: string) =>
      response.writeHead(status, { "content-type": "application/xml" }).end(`<?xml version="1.0"?>${body}`);
    if (denied) {
      xml(403, "<Error><Code>AccessDenied</Code><Message>no s3:ListBucket</Message></Error>");
    } else if (url.searchParams.get("list-type") === "2") {
      const prefix = url.searchParams.get("prefix") ?? "";
      const from = Number(url.searchParams.get("continuation-token") ?? 0);
      requests.push(`LIST ${prefix}`);
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
      const page = keys.slice(from, from + 2);
      const more = from + 2 < keys.length;
      xml(
        200,
        `<ListBucketResult><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ""}${page.map((key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.length}</Size></Contents>`).join("")}</ListBucketResult>`,
      );
    } else {
      const key = decodeURIComponent(url.pathname.replace(/^\/[^/]+\//, ""));
      requests.push(`GET ${key}`);
      const body = objects.get(key);
      if (body) response.writeHead(200, { "content-length": body.length }).end(body);
      else xml(404, "<Error><Code>NoSuchKey</Code></Error>");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // An IP address has no names of buckets before it: the SDK puts the bucket into the path.
  awsEnvironment(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return { requests };
}
