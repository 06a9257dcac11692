import type { RequestLine } from "./lines.ts";
import { NOTHING } from "./lines.ts";
import { SIZE_CLASSES } from "./questions.ts";
import { remembered } from "./remembered.ts";

/*
 * What of a request a row is told by. Each of these leaves out what may name a person or hold a secret, and is written so
 * that the SQL of Athena can do the same: see athena-fields.ts.
 */

/** Segments that are kept of a path; what is deeper is one thing. */
export const DEPTH = 6;
/** Segments that name what is asked for, one after the other: they are ids, or what a client made up. */
export const ID_SEGMENTS: readonly string[] = [
  // Anything but what a programmer names a route with: percent signs, "@", ":", spaces.
  "/[^/]*[^A-Za-z0-9._~/-][^/]*",
  "/[0-9][^/]*",
  "/[^/]*[0-9][^/]*[0-9][^/]*",
  "/[^/]{33,}",
];
/** Each of them is a whole segment, so that it is no matter which is tried first. */
const IDS = new RegExp(ID_SEGMENTS.join("|"), "g");
const PATH = new RegExp(`(?:/[^/?#;]*){1,${DEPTH}}`, "y");

/** "https://api.example.com:443/v1/orders/8412/items?x=1" → "/v1/orders/*" + "/items" */
export function pathTemplate(url: string): string {
  const authority = url.indexOf("://");
  PATH.lastIndex = url.indexOf("/", authority === -1 ? 0 : authority + 3);
  if (PATH.lastIndex === -1) return "/";
  return PATH.exec(url)?.[0].replace(IDS, "/*") ?? "/";
}

/**
 * Families of user agents, the first that fits: what names the program, in small letters. Crawlers and browsers name
 * others for compatibility, so the order matters.
 */
export const AGENT_FAMILIES: readonly (readonly [sign: string, family: string])[] = [
  ["elb-healthchecker", "ELB-HealthChecker"],
  ["kube-probe", "kube-probe"],
  ["amazon-route53", "Route 53 health check"],
  ["cloudfront", "CloudFront"],
  ["googlehc", "Google health check"],
  ["pingdom", "monitor"],
  ["uptime", "monitor"],
  ["statuscake", "monitor"],
  ["datadog", "monitor"],
  ["newrelic", "monitor"],
  ["prometheus", "monitor"],
  ["blackbox", "monitor"],
  ["bot", "crawler"],
  ["spider", "crawler"],
  ["crawl", "crawler"],
  ["slurp", "crawler"],
  ["python-requests", "python-requests"],
  ["python-urllib", "python-urllib"],
  ["aiohttp", "aiohttp"],
  ["httpx", "httpx"],
  ["curl/", "curl"],
  ["wget", "wget"],
  ["go-http-client", "Go-http-client"],
  ["okhttp", "okhttp"],
  ["apache-httpclient", "Apache-HttpClient"],
  ["java/", "Java"],
  ["axios", "axios"],
  ["node-fetch", "node-fetch"],
  ["undici", "undici"],
  ["grpc", "gRPC"],
  ["postman", "Postman"],
  ["k6/", "k6"],
  ["locust", "Locust"],
  ["jmeter", "JMeter"],
  ["dart", "Dart"],
  ["cfnetwork", "CFNetwork"],
  ["dalvik", "Android"],
  ["edg/", "Edge"],
  ["opr/", "Opera"],
  ["firefox/", "Firefox"],
  ["chrome/", "Chrome"],
  ["safari/", "Safari"],
  ["mozilla/", "other browser"],
];
export const OTHER_AGENT = "other";

/** The family of a user agent: never the text that a client sent. Most lines have one that others had before. */
export const agentFamily = remembered((agent) => {
  if (agent === NOTHING || agent === "") return NOTHING;
  const small = agent.toLowerCase();
  return AGENT_FAMILIES.find(([sign]) => small.includes(sign))?.[1] ?? OTHER_AGENT;
});

/** The class of a request's size. */
export function sizeClass(received: number): string {
  return SIZE_CLASSES.find(([most]) => received <= most)?.[1] ?? NOTHING;
}

/** What the answer looks like that no target gave; see LogRow. */
export function signatureOf({ requestTime, targetTime, responseTime, status }: RequestLine): string {
  const sign = (time: number) => (time < 0 ? "-1" : "0");
  const target = targetTime < 0 ? "-1" : String(Math.floor(targetTime / 1000));
  return `${sign(requestTime)} ${target} ${sign(responseTime)} ${status ?? NOTHING} ${NOTHING}`;
}

/** Why it was answered so: the log's own reason, else the action that answered in the place of a target. */
export function reasonOf({ reason, actions }: RequestLine): string {
  if (reason !== NOTHING && reason !== "") return reason;
  const action = actions.slice(actions.lastIndexOf(",") + 1);
  return action === "forward" || action === "" ? NOTHING : action;
}

/** "arn:aws:elasticloadbalancing:…:targetgroup/name/id" → "targetgroup/name/id" */
export const groupOf = remembered((arn) => {
  const at = arn.indexOf("targetgroup/");
  return at === -1 ? NOTHING : arn.slice(at);
});

/** "GET", or "other" for what is no method that a server knows. */
export function methodOf(method: string): string {
  return /^[A-Z]{3,7}$/.test(method) ? method : "other";
}
