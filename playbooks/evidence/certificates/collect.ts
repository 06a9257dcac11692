import {
  type AlarmFact,
  type Ask,
  type Certificate,
  dateAndClock,
  defineStep,
  describeCertificate,
  describeListenerCertificates,
  describeListeners,
  describeRules,
  describeTargetGroups,
  listed,
  plural,
  type Question,
} from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { loadBalancerArn } from "../target-groups/read.ts";
import { type Certificates, certificatesFact, handshakesFact, type TlsListener } from "./fact.ts";
import { handshakeWords, NETWORK, ofGroup, readHandshakes } from "./handshakes.ts";

/** A listener of the load balancer may have hundreds of certificates; so many are read of all together. */
const READ = 50;

/** Which certificates the load balancer shows, until when they hold and for which names; and how the targets' handshakes end. */
export default defineStep({
  id: "certificates",
  title: "certificates",
  needs: { alarm: alarmFact },
  uses: [episodesFact],
  gives: [certificatesFact, handshakesFact],
  async run({ facts: { alarm }, window, ask, use, give, find, lack }) {
    const watched = alarm.dimensions.CertificateArn;
    const balancer = loadBalancerArn(alarm.arn, alarm.dimensions.LoadBalancer ?? "");
    const listeners = watched === undefined ? await readListeners(balancer, ask) : [];
    if (listeners === null) return;
    const arns = watched === undefined ? listeners.flatMap(({ certificates }) => certificates ?? []) : [watched];
    const known = await readCertificates([...new Set(arns)], ask);
    give(certificatesFact, { listeners, certificates: known.certificates, unread: known.unread, asOf: window.end });
    if (known.certificates.length > 0)
      find({ id: "held", ...certificateWords(known.certificates, known.unread), proof: known.questions });
    for (const arn of known.unread)
      if (/^arn:[^:]*:iam:/.test(arn))
        lack({
          source: "acm",
          kind: "missing",
          what: `${arn} is an IAM certificate, which Certificate Manager does not know: its expiry is not known`,
          remedy: `aws iam get-server-certificate --server-certificate-name ${arn.split("/").at(-1) ?? ""} --query ServerCertificate.ServerCertificateMetadata.Expiration; IAM never renews one, Certificate Manager does`,
        });
    if (alarm.metric !== "TargetTLSNegotiationErrorCount") return;
    const counted = await whoCounts(alarm, balancer, ask);
    if (!counted) return;
    const read = await readHandshakes(alarm, counted, window, ask);
    if (!read) return;
    const { handshakes, questions } = read;
    give(handshakesFact, handshakes);
    const episodes = await use(episodesFact);
    if (!episodes || episodes.episodes.length === 0) return;
    find({ id: "handshakes", ...handshakeWords(handshakes, alarm, episodes), proof: questions });
  },
});

/**
 * Whose handshakes are counted apart: each target group's, but on a Network Load Balancer only all together ("CloudWatch
 * metrics for your Network Load Balancer").
 */
async function whoCounts({ namespace, dimensions }: AlarmFact, balancer: string, ask: Ask) {
  const { TargetGroup: _, ...whole } = dimensions;
  if (namespace === NETWORK)
    return [{ arn: balancer, name: balancer.split("/").at(-2) ?? balancer, dimensions: whole }];
  const groups = await ask(describeTargetGroups(balancer));
  return groups.ok ? groups.value.map((group) => ofGroup(group, dimensions)) : null;
}

async function readListeners(balancer: string, ask: Ask): Promise<TlsListener[] | null> {
  const answer = await ask(describeListeners(balancer));
  if (!answer.ok) return null;
  const secure = answer.value.filter(({ protocol }) => protocol === "HTTPS" || protocol === "TLS");
  return Promise.all(
    secure.map(async ({ arn, port, policy }) => {
      const [certificates, rules] = await Promise.all([
        ask(describeListenerCertificates(arn)),
        ask(describeRules(arn)),
      ]);
      const byDefault = certificates.ok && [...certificates.value].sort((a, b) => +b.isDefault - +a.isDefault);
      return {
        port,
        policy,
        hosts: rules.ok ? [...new Set(rules.value.flatMap(({ hosts = [] }) => hosts))] : null,
        certificates: byDefault ? byDefault.map((one) => one.arn) : null,
      };
    }),
  );
}

interface Known extends Pick<Certificates, "certificates" | "unread"> {
  readonly questions: readonly Question[];
}

async function readCertificates(arns: readonly string[], ask: Ask): Promise<Known> {
  const own = arns.filter((arn) => /^arn:[^:]*:acm:/.test(arn)).slice(0, READ);
  const asked = own.map((arn) => describeCertificate(arn));
  const answers = await Promise.all(asked.map((one) => ask(one)));
  const certificates = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const read = new Set(own.filter((_, index) => answers[index]?.ok));
  return {
    certificates,
    unread: arns.filter((arn) => !read.has(arn)),
    questions: asked.map(({ question }) => question),
  };
}

function certificateWords(certificates: readonly Certificate[], unread: readonly string[]) {
  const byEnd = [...certificates].sort((a, b) => (a.notAfter ?? Infinity) - (b.notAfter ?? Infinity));
  const [first] = byEnd;
  const until = first?.notAfter ?? null;
  const name = first?.domains[0] ?? first?.arn ?? "";
  const holds = until === null ? "its expiry is not known" : `it is valid until ${dateAndClock(until)}`;
  const who =
    certificates.length === 1
      ? `the certificate is for ${listed(first?.domains ?? [])}`
      : `${certificates.length} certificates, the first to expire is that of ${name}`;
  const rest = unread.length === 0 ? "" : `; ${plural(unread.length, "more")} not read`;
  return {
    statement: `${who}; ${holds}${rest}`,
    measures: { certificates: certificates.length, unread: unread.length, until },
  };
}
