import type { Tokens } from "./tokens.ts";

/** What stands where a value was: it must not read as "not set". */
export const MASKED = "(redacted)";

/** Secrets by their form. They become a mark without a number: nothing is compared by them. */
const SECRETS: readonly RegExp[] = [
  // JSON Web Tokens, which service accounts and identity providers give.
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  // AWS access key ids (IAM User Guide, IAM identifiers).
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g,
  /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g,
  /(?<=\b(?:bearer|basic) )[\w.~+/=-]{8,}/gi,
  // user:password@ in a URL.
  /(?<=:\/\/)[^\s/@]+:[^\s/@]+(?=@)/g,
  // --db-password=x, API_KEY: x, "token": "x", also without quotes.
  /(?<=\b[\w-]*(?:passw(?:or)?d|secret|token|api[_-]?key|credential)[\w-]*["']?\s*[=:]\s*["']?)[^\s"',;}]+/gi,
  /(?<=--[\w-]*(?:passw(?:or)?d|secret|token|api[_-]?key|credential)[\w-]*\s+)[^\s-]\S*/gi,
];

/** Loopback and "any" addresses say how a server is bound, not where it is. */
const HARMLESS = /^(127\.|0\.0\.0\.0$|255\.)/;

/** The text with everything masked that is known by its form. */
export function redactText(text: string, tokens: Tokens, words: readonly string[]): string {
  let out = text;
  for (const secret of SECRETS) out = out.replace(secret, MASKED);
  out = out
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (found) => tokens.mask("email", found))
    // Names of EC2 instances hold their address.
    .replace(/\bip-\d+-\d+-\d+-\d+(?:\.[\w-]+)*/g, (found) => tokens.mask("host", found))
    .replace(/\b[\w-]+(?:\.[\w-]+)*\.(?:elb|eks|rds|cache|es)(?:\.[\w-]+)*\.amazonaws\.com\b/g, (found) =>
      tokens.mask("host", found),
    )
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

/** Lines of a configuration that say how many requests a server takes at once; see analysis/workers. */
const SERVER_LINE =
  /^\s*["']?(?:workers?|worker_processes|processes|cheaper|threads|pm|pm\.max_children|instances|worker[_-]class|worker[_-]connections|bind|timeout|keepalive|max[_-]requests|preload(?:_app)?|concurrency|limit[_-]concurrency)\b/i;

/** Lines of Cluster Autoscaler's status that name a node group or tell its size; see analysis/node-groups.ts. */
const GROUP_LINE = /^\s*(?:- )?(?:nodeGroups|name|health|minSize|maxSize|cloudProviderTarget)\s*:/i;

/** A configuration file with only the lines left readable that are read; other lines stay, as lines. */
export function redactConfiguration(
  text: string,
  tokens: Tokens,
  words: readonly string[],
  of: "server" | "node groups" = "server",
): string {
  const read = of === "server" ? SERVER_LINE : GROUP_LINE;
  return text
    .split("\n")
    .map((line) => {
      if (line.trim() === "") return line;
      return read.test(line) ? redactText(line, tokens, words) : `# ${MASKED}`;
    })
    .join("\n");
}
