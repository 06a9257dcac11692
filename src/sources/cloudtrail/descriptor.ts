import { trailMask } from "../../redaction/trail.ts";
import { awsDescriptor, mayRead } from "../aws/service.ts";
import { CLOUDWATCH } from "../cloudwatch/descriptor.ts";
import { NOBODY } from "../descriptor.ts";
import type { LiveCloudTrail } from "./live.ts";

const ID = "cloudtrail";

export const CLOUDTRAIL = awsDescriptor<LiveCloudTrail>({
  id: ID,
  title: "CloudTrail",
  prefix: "cloudtrail",
  operations: ["LookupEvents"],
  shown: { LookupEvents: "Events[].[EventTime,EventName,Username]" },
  mask: trailMask,
  placeholder: () => ({ Events: [] }),
  checks: [
    mayRead("recorded changes", ID, "LookupEvents", () => ({
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: NOBODY }],
    })),
  ],
  async open({ aws, opened }) {
    // One login for all; a login command must not run twice.
    const [{ LiveCloudTrail }, { credentials }] = await Promise.all([import("./live.ts"), opened(CLOUDWATCH)]);
    return new LiveCloudTrail(aws, credentials);
  },
});
