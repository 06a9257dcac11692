import type { Question } from "../../model/question.ts";
import { iso } from "../../model/time.ts";
import { KNOWN_LATER as K, type Planned } from "../placeholders.ts";

export function placeholder({ input }: Question, { window }: Planned): unknown {
  return {
    Certificate: {
      CertificateArn: input.CertificateArn,
      DomainName: "<domain>",
      Status: "ISSUED",
      NotBefore: iso(window.start - 86_400),
      NotAfter: iso(window.end + 86_400),
      InUseBy: [`arn:aws:elasticloadbalancing:${K.region}:${K.account}:loadbalancer/app/${K.loadBalancer}/<id>`],
    },
  };
}
