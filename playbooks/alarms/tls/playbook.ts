import { definePlaybook } from "../../../src/playbook.ts";
import alarmOnNothing from "../../causes/alarm-on-nothing/cause.ts";
import tlsFailure from "../../causes/tls-failure/cause.ts";
import alarmChanges from "../../evidence/alarm-changes/collect.ts";
import alarmHistory from "../../evidence/alarm-history/counts.ts";
import certificates from "../../evidence/certificates/collect.ts";
import changes from "../../evidence/changes/tls.ts";
import watched from "../../evidence/watched/collect.ts";
import noisyEvaluation from "../../factors/noisy-evaluation/factor.ts";
import renewCertificate from "../../fixes/renew-certificate/fix.ts";
import steadierAlarm from "../../fixes/steadier-alarm/fix.ts";
import undoChange from "../../fixes/undo-change/fix.ts";
import watchWhatIsThere from "../../fixes/watch-what-is-there/fix.ts";

/** Alarms on TLS handshakes with clients and targets, and on the days that a certificate has left. */
export default definePlaybook({
  id: "tls",
  judges: "TLS",
  takes: ({ namespace, metric, dimensions, comparison }) =>
    ((namespace === "AWS/ApplicationELB" || namespace === "AWS/NetworkELB") &&
      /^(Client|Target)TLSNegotiationErrorCount$/.test(metric) &&
      dimensions.LoadBalancer !== undefined &&
      comparison.startsWith("Greater")) ||
    (namespace === "AWS/CertificateManager" &&
      metric === "DaysToExpiry" &&
      dimensions.CertificateArn !== undefined &&
      comparison.startsWith("Less")),
  steps: [alarmHistory, watched, certificates, alarmChanges, changes],
  causes: [alarmOnNothing, tlsFailure],
  factors: [noisyEvaluation],
  fixes: [watchWhatIsThere, undoChange, renewCertificate, steadierAlarm],
});
