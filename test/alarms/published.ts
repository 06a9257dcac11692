/**
 * What AWS publishes in AWS/ApplicationELB and AWS/CertificateManager: of each metric the statistics that mean something and
 * the sets of dimensions (Application Load Balancer User Guide, "CloudWatch metrics for your Application Load Balancer";
 * AWS Certificate Manager User Guide, "CloudWatch metrics"; read in November 2026). CloudWatch answers any other set with
 * nothing, and any other statistic with a figure that is none: the minimum of a count of requests is 1.
 */
interface Published {
  readonly statistics: RegExp;
  readonly sets: readonly string[];
}

const LB = ["LoadBalancer", "AvailabilityZone LoadBalancer"];
const GROUP = ["LoadBalancer TargetGroup", "AvailabilityZone LoadBalancer TargetGroup"];
const SUM = /^Sum$/;

const of = (names: readonly string[], statistics: RegExp, sets: readonly string[]) =>
  names.map((name) => [name, { statistics, sets }] as const);

export const PUBLISHED: ReadonlyMap<string, Published> = new Map([
  ...of(
    [
      "ActiveConnectionCount",
      "NewConnectionCount",
      "RejectedConnectionCount",
      "ClientTLSNegotiationErrorCount",
      "HTTPCode_ELB_3XX_Count",
      "HTTPCode_ELB_4XX_Count",
      "HTTPCode_ELB_5XX_Count",
      "HTTPCode_ELB_500_Count",
      "HTTPCode_ELB_502_Count",
      "HTTPCode_ELB_503_Count",
      "HTTPCode_ELB_504_Count",
      "HTTP_Fixed_Response_Count",
      "ELBAuthError",
      "ELBAuthFailure",
    ],
    SUM,
    LB,
  ),
  ...of(["ConsumedLCUs", "ReservedLCUs"], /^(Sum|Average|Minimum|Maximum)$/, ["LoadBalancer"]),
  ...of(["PeakLCUs"], /^(Sum|Maximum)$/, ["LoadBalancer"]),
  ...of(["CapacityUtilization"], /^Maximum$/, ["LoadBalancer"]),
  ...of(
    [
      "RequestCount",
      "TargetConnectionErrorCount",
      "TargetTLSNegotiationErrorCount",
      "HTTPCode_Target_2XX_Count",
      "HTTPCode_Target_3XX_Count",
      "HTTPCode_Target_4XX_Count",
      "HTTPCode_Target_5XX_Count",
    ],
    SUM,
    [...LB, ...GROUP],
  ),
  // How many samples there are is how many requests were answered; the others are times.
  ...of(["TargetResponseTime"], /^(Average|Minimum|Maximum|SampleCount|p\d+(\.\d+)?)$/, [...LB, ...GROUP]),
  ...of(["HealthyHostCount", "UnHealthyHostCount"], /^(Average|Minimum|Maximum)$/, GROUP),
  ...of(["RequestCountPerTarget"], SUM, [...GROUP, "TargetGroup", "AvailabilityZone TargetGroup"]),
  ...of(["DaysToExpiry"], /^(Average|Minimum|Maximum)$/, ["CertificateArn"]),
]);
