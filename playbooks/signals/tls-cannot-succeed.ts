import {
  type Certificate,
  dateAndClock,
  defineSignal,
  type EpisodesFact,
  listed,
  no,
  type Reading,
  unclear,
  unknown,
  yes,
} from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";
import {
  type Certificates,
  certificatesFact,
  handshakesFact,
  type TargetHandshakes,
  type TlsListener,
} from "../evidence/certificates/fact.ts";
import { changesFact } from "../evidence/changes/fact.ts";
import { covers } from "./certificate-misses-hosts.ts";
import { ofTargets } from "./target-handshakes-fail.ts";
import { begunWith } from "./trouble-since-change.ts";

/**
 * Seconds within which the errors begin after a certificate has ended. One that ended long before and was no trouble until
 * now is not what changed.
 */
export const SOON = 3_600;
/**
 * A certificate that became valid so many seconds before clients began to fail is new to the listener: those of Certificate
 * Manager are valid from 00:00 of the day on which they are issued.
 */
export const NEWLY = 86_400;
/** Days before its end by which ACM has renewed a certificate that it can renew (ACM User Guide, "Managed renewal": 60, and again). */
export const RENEWED = 30;

/**
 * Can TLS sessions not come about: a certificate has ended just before clients began to fail, or a listener was given another
 * one or another policy, with which it began; most handshakes with the targets of one group fail; or a certificate comes to
 * its end and Certificate Manager does not renew it (003 F2, 002 7)?
 */
export default defineSignal({
  id: "tls-cannot-succeed",
  question: "Do TLS handshakes have to fail?",
  needs: { alarm: alarmFact },
  // What a certificate has left is told by its date, whether or not the window holds the beginning of the trouble.
  uses: {
    episodes: episodesFact,
    certificates: certificatesFact,
    handshakes: handshakesFact,
    changed: changesFact,
    judged: judgedFact,
  },
  read({ alarm, episodes, certificates, handshakes, changed, judged }) {
    if (alarm.metric === "DaysToExpiry")
      return certificates ? runningOut(certificates) : unknown("needs the certificate");
    if (!episodes) return unknown("needs the alarm's episodes");
    if (alarm.metric === "TargetTLSNegotiationErrorCount") return withTargets(handshakes, episodes);
    const held = certificates
      ? ofClients(certificates, episodes, alarm.period)
      : unknown("needs the certificates of the listeners");
    if (held.answer === "yes") return held;
    // What a listener shows or takes was changed, and clients fail since.
    return begunWith({ alarm, changed, episodes, judged }, ({ kind }) => kind === "certificate") ?? held;
  },
});

function withTargets(handshakes: readonly TargetHandshakes[] | undefined, episodes: EpisodesFact): Reading {
  const evidence = ["certificates.handshakes"];
  if (!handshakes) return unknown("needs the handshakes with the targets", evidence);
  return (
    ofTargets(handshakes, episodes, evidence) ?? unknown("no handshake with a target failed in the episodes", evidence)
  );
}

function ofClients(
  { certificates, unread, listeners }: Certificates,
  { episodes }: EpisodesFact,
  period: number,
): Reading {
  const evidence = ["certificates.held"];
  if (listeners.length === 0) return unknown("needs the TLS listeners", evidence);
  const [first] = episodes;
  if (!first) return unknown("there is no episode", evidence);
  const begun = first.since ?? first.burst.start;
  const ended = certificates.filter(({ notAfter }) => notAfter !== null && notAfter <= first.burst.end);
  // The datapoint in which they began may have begun before it ended.
  const since = ({ notAfter }: Certificate) => begun + period - (notAfter ?? 0);
  const just = ended.find((one) => since(one) >= 0 && since(one) <= SOON + period);
  if (just)
    return yes(
      `the certificate for ${namesOf(just)} expired at ${dateAndClock(just.notAfter ?? 0)}, and clients began to fail at ${dateAndClock(begun)}`,
      evidence,
    );
  const strange = listeners.find((listener) => isOfOthers(listener, certificates, begun));
  if (strange)
    return yes(
      `the certificate on port ${strange.port}, valid since shortly before clients began to fail at ${dateAndClock(begun)}, is not for ${listed(strange.hosts ?? [])}`,
      evidence,
    );
  if (ended.length > 0)
    return unclear(
      `the certificate for ${listed(ended.map(namesOf))} has expired, but not when clients began to fail`,
      evidence,
    );
  if (unread.length > 0 || listeners.some((one) => one.certificates === null))
    return unknown("needs every certificate of the listeners", evidence);
  return no("none of the listeners' certificates has expired", evidence);
}

/** Whether none of a listener's certificates is for a name of its rules, and one is new. */
function isOfOthers(
  { hosts, certificates: arns }: TlsListener,
  certificates: readonly Certificate[],
  begun: number,
): boolean {
  const own = certificates.filter(({ arn }) => arns?.includes(arn));
  if (!hosts || hosts.length === 0 || arns === null || own.length < arns.length) return false;
  const isNew = ({ notBefore }: Certificate) => notBefore !== null && notBefore <= begun && begun - notBefore <= NEWLY;
  return own.some(isNew) && !own.some(({ domains }) => hosts.some((host) => domains.some((one) => covers(one, host))));
}

function runningOut({ certificates, asOf }: Certificates): Reading {
  const evidence = ["certificates.held"];
  const [own] = certificates;
  if (!own || own.notAfter === null) return unknown("needs the certificate's expiry", evidence);
  const days = (own.notAfter - asOf) / 86_400;
  const figure = `the certificate for ${namesOf(own)} is valid until ${dateAndClock(own.notAfter)}`;
  const by = renewalWords(own);
  if (by !== null) return yes(`${figure}; ${by}`, evidence, days);
  if (days >= RENEWED) return no(`${figure}, and Certificate Manager renews it before that`, evidence, days);
  return unclear(`${figure}; Certificate Manager renews it, and has not yet`, evidence, days);
}

/** Why Certificate Manager does not renew it; null where it may. */
function renewalWords({ type, renewal, unvalidated, usedBy }: Certificate): string | null {
  if (type === "IMPORTED") return "it was imported: Certificate Manager never renews it";
  if (renewal === "FAILED") return "Certificate Manager could not renew it";
  if (unvalidated.length > 0)
    return `Certificate Manager waits for the validation of ${listed(unvalidated.map(({ domain }) => domain))}`;
  if (usedBy.length === 0) return "nothing uses it, so Certificate Manager will not renew it";
  return null;
}

function namesOf({ domains, arn }: Certificate): string {
  return domains.length === 0 ? arn : listed(domains);
}
