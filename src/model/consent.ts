/** What is done only where the person has agreed to it, since it runs something or costs money: each with what it means. */
export const CONSENTS = {
  exec: "reading cgroup files and the process list in one pod by exec",
  athena:
    "querying the access log in the table of --athena, or the one at its location, which is billed by the data scanned (about 5 USD a TB)",
  insights:
    "querying a load balancer's logs with CloudWatch Logs Insights, which is billed by the data scanned (about 5 USD a TB)",
} as const satisfies Record<string, string>;

export type Consent = keyof typeof CONSENTS;

/** As the options give it: any of the list, and the short form of the oldest. */
export interface ConsentOptions {
  readonly allow?: readonly Consent[];
  readonly allowExec?: boolean;
}

/** Whether the options agree to it. */
export function isAllowed(consent: Consent, { allow, allowExec }: ConsentOptions): boolean {
  return (allow ?? []).includes(consent) || (consent === "exec" && allowExec === true);
}

/** Whether it is the name of a consent. */
export function isConsent(name: string): name is Consent {
  return Object.hasOwn(CONSENTS, name);
}
