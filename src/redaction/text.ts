import type { Marks } from "./marks.ts";
import { withoutSecrets } from "./secrets.ts";
import type { Tokens } from "./tokens.ts";

/** Loopback and "any" addresses say how a server is bound, not where it is. */
const HARMLESS = /^(127\.|0\.0\.0\.0$|255\.)/;

/** Names under the top-level domains that companies use inside and outside; a file's name or a Java package is none. */
const HOST =
  /(?<![\w.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|io|dev|app|cloud|internal|local|lan|corp|intra|eu|uk|de|fr|us|ch|nl|co|ai|tech|systems)(?![\w-]|\.\w|\()/gi;
/** Public names that name no one: the groups of APIs, prefixes of labels, and the tokens of documentation. */
const PUBLIC =
  /^example\.com$|(?:^|\.)(?:kubernetes\.io|k8s\.io|k8s\.aws|argoproj\.io|x-k8s\.io|karpenter\.sh|amazonaws\.com|coreos\.com|fluxcd\.io|helm\.sh|cattle\.io|docker\.io|quay\.io|ghcr\.io|k8s\.gcr\.io|cluster\.local)$/i;

/** The text with everything masked that is known by its form. */
export function redactText(text: string, tokens: Tokens, words: readonly string[], marks: Marks): string {
  let out = withoutSecrets(text, marks)
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (found) => tokens.mask("email", found))
    // Who it was: an IAM role or user, and the name of the session, which is mostly a person's (IAM, Reference identifiers).
    .replace(/(?<=:(?:assumed-role|role|user|federated-user|group|instance-profile)\/)[\w+=,.@/-]+/g, (found) =>
      found
        .split("/")
        .map((part) => tokens.mask("word", part))
        .join("/"),
    )
    .replace(/(?<=\barn:aws[\w-]*:s3:::|\bs3:\/\/)[a-z0-9][a-z0-9.-]{2,62}/g, (found) => tokens.mask("word", found))
    // Names of EC2 instances hold their address.
    .replace(/\bip-\d+-\d+-\d+-\d+(?:\.[\w-]+)*/g, (found) => tokens.mask("host", found))
    .replace(/\b[\w-]+(?:\.[\w-]+)*\.(?:elb|eks|rds|cache|es)(?:\.[\w-]+)*\.amazonaws\.com\b/g, (found) =>
      tokens.mask("host", found),
    )
    .replace(HOST, (found) => (PUBLIC.test(found) ? found : tokens.mask("host", found)))
    .replace(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g, (found) => address(found, tokens))
    .replace(/(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4})(?![\w:])/gi, (found) =>
      tokens.mask("address", found),
    )
    .replace(/\b(?:i|vpc|subnet|sg|eni|vol|acl|nat|igw|lt)-[0-9a-f]{8,20}\b/g, (found) => tokens.mask("id", found))
    // The random end of a load balancer's, listener's or target group's ARN and dimension.
    .replace(/(?<=\/)[0-9a-f]{16}\b/g, (found) => tokens.mask("id", found));
  // A figure of twelve digits alone is no account: Prometheus writes numbers as text.
  if (!/^[\d.]+$/.test(out))
    out = out.replace(/(?<![\d.])\d{12}(?!\d|\.\d)/g, (found) => tokens.mask("account", found));
  for (const word of words) out = out.replaceAll(word, () => tokens.mask("word", word));
  return out;
}

function address(found: string, tokens: Tokens): string {
  const parts = found.split(".").map(Number);
  if (parts.some((part) => part > 255) || HARMLESS.test(found)) return found;
  return tokens.mask("address", found);
}
