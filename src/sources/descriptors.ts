import { ACCESS_LOGS } from "./access-logs/descriptor.ts";
import { ACM } from "./acm/descriptor.ts";
import { CLOUDTRAIL } from "./cloudtrail/descriptor.ts";
import { CLOUDWATCH } from "./cloudwatch/descriptor.ts";
import type { SourceDescriptor } from "./descriptor.ts";
import { EC2 } from "./ec2/descriptor.ts";
import { ELB } from "./elb/descriptor.ts";
import { ELBV2 } from "./elbv2/descriptor.ts";
import { KUBERNETES } from "./kubernetes/descriptor.ts";
import { PROMETHEUS } from "./prometheus/descriptor.ts";

/** Every source that lbdoctor has, in the order in which it tells of them. */
export const SOURCES: readonly SourceDescriptor[] = [
  CLOUDWATCH,
  ELBV2,
  ELB,
  ACM,
  EC2,
  CLOUDTRAIL,
  KUBERNETES,
  PROMETHEUS,
  ACCESS_LOGS,
];
