import type { Marks } from "./marks.ts";

/*
 * Secrets by their form: the net beneath the rule of what is needed, for names, labels and sentences that stay because a
 * person needs them. The forms are those of gitleaks' and secretlint's rule sets.
 */

const FORMS: readonly RegExp[] = [
  // JSON Web Tokens, which service accounts and identity providers give.
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  // AWS access key ids (IAM User Guide, IAM identifiers).
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g,
  /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g,
  /(?<=\b(?:bearer|basic) )[\w.~+/=-]{8,}/gi,
  // user:password@ in a URL; the password may hold "@" itself.
  /(?<=:\/\/)[^\s/@"'<>]*:[^\s"'<>]*(?=@)/g,
  // Such an address whose user is the secret, as Sentry's.
  /(?<=:\/\/)[^\s/@"'<>:]{16,}(?=@)/g,
  /(?<=\bhooks\.slack\.com\/|\bdiscord(?:app)?\.com\/api\/webhooks\/|\.webhook\.office\.com\/)[^\s"'<>]+/g,
  // Signatures of presigned addresses and SAS tokens.
  /(?<=[?&](?:sig|X-Amz-Signature|X-Amz-Security-Token|X-Amz-Credential|X-Goog-Signature|Signature|access_token|code)=)[^\s&"'<>]+/gi,
  // Prefixes by which the vendors' own scanners know their tokens.
  /\b(?:gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox[a-z]-|xapp-|[srp]k_(?:live|test)_|rk_live_|whsec_|AIza|ya29\.|GOCSPX-|sk-|SG\.|npm_|pypi-|hf_|do[opr]_v1_|shp(?:at|ca|pa|ss)_|hvs\.|hvb\.|s\.[A-Za-z0-9]{20}|dapi|dp\.(?:pt|st)\.|lin_api_|PMAK-|pul-|rubygems_|sntrys_|NRAK-|NRII-|glsa_|eyrs_|EAAC|key-|dckr_pat_|tskey-|ATATT3|age-secret-key-1|figd_|fo1_|pscale_|r8_|sq0|waka_)[\w.+/=-]{8,}/gi,
  // Amazon MWS, Braintree, Mailchimp, Terraform Cloud.
  /\bamzn\.mws\.[0-9a-f-]{36}|\baccess_token\$\w+\$\w+\$\w+|\b[0-9a-f]{32}-us\d{1,2}\b|\b[A-Za-z0-9]{14}\.atlasv1\.[\w.-]+/g,
  // --db-password=x, API_KEY: x, "token": "x", also without quotes.
  /(?<=\b[\w-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|credential)[\w-]*["']?\s*[=:]\s*["']?)[^\s"',;}]+/gi,
  /(?<=--[\w-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|credential)[\w-]*\s+)[^\s-]\S*/gi,
];

/** Times and figures: most of the strings of an answer. */
const PLAIN = /^[\d.:TZ+-]+$/;
/** Long runs with capitals, small letters and digits: no name that a person or a controller chose looks like it. */
const RUN = /[A-Za-z0-9+_]{20,}/g;
const mixed = (run: string) => /[A-Z]/.test(run) && /[a-z]/.test(run) && /\d.*\d/.test(run);

/** The text without what has the form of a secret. */
export function withoutSecrets(text: string, marks: Marks): string {
  return text.length < 8 || PLAIN.test(text) ? text : marks.once(`? ${text}`, () => searched(text, marks));
}

function searched(text: string, marks: Marks): string {
  let out = text;
  for (const form of FORMS) out = out.replace(form, (found) => marks.of("text", found));
  return out.replace(RUN, (run) => (mixed(run) ? marks.of("text", run) : run));
}
