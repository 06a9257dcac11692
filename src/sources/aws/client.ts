import { readFileSync } from "node:fs";
import { type DefaultProviderInit, defaultProvider } from "@aws-sdk/credential-provider-node";
import { parseKnownFiles } from "@smithy/core/config";
import { saying, Told } from "../failure.ts";
import { agentFor, proxiesOf } from "../http/proxy.ts";
import type { AwsOptions } from "./aws.ts";
import { watchedProcesses } from "./process.ts";

/** The service as the `services` section of the configuration file writes it; AWS_ENDPOINT_URL_… has it in capitals. */
export type ServiceId =
  | "acm"
  | "athena"
  | "cloudtrail"
  | "cloudwatch"
  | "cloudwatch_logs"
  | "ec2"
  | "elastic_load_balancing_v2"
  | "elastic_load_balancing"
  | "s3"
  | "sts";

type Profile = { readonly [key: string]: string | undefined };
type Files = { readonly [section: string]: Profile | undefined };
type Credentials = ReturnType<typeof defaultProvider>;

/** The SDK warns on standard error, where the board draws. What it warns of is either told elsewhere or no news. */
const SILENT = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * The settings of every AWS client, which make it behave as the AWS CLI does. The SDK alone waits for ever (no time-outs
 * by default, and `requestTimeout` only warns), reads no AWS_DEFAULT_REGION, no AWS_CA_BUNDLE and no HTTPS_PROXY, takes
 * the endpoint from the profile of AWS_PROFILE even where another one is chosen, and gives none of this to the clients
 * by which it logs in (SDK 3.1162, tried). Throws a Told.
 */
export async function clientSettings(options: AwsOptions, service: ServiceId) {
  // Its warning about Node 20 would stand in the middle of the page; `doctor` says the same.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const { environment, profile, limits } = options;
  const region = options.region ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined);
  const files = await knownFiles(profile ?? environment.AWS_PROFILE);
  const bundle = environment.AWS_CA_BUNDLE;
  const requestHandler = {
    connectionTimeout: limits.connect,
    requestTimeout: limits.request,
    throwOnRequestTimeout: true,
    httpsAgent: agentFor(proxiesOf(environment), bundle ? { ca: readBundle(bundle) } : {}),
    logger: SILENT,
  };
  const forLogin = endpointOf(files, profile, files[profile ?? ""]?.role_arn ? "sts" : "sso");
  const provider = defaultProvider({
    ...(profile !== undefined && { profile }),
    logger: SILENT,
    clientConfig: { requestHandler, ...forLogin },
  } satisfies DefaultProviderInit);
  return {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...endpointOf(files, profile, service),
    credentials: watchedProcesses(provider, options) as Credentials,
    retryMode: "standard",
    maxAttempts: limits.attempts,
    logger: SILENT,
    requestHandler,
  };
}

/** The names of the profiles in the files of the AWS CLI; none where they cannot be read. */
export async function knownProfiles(): Promise<string[]> {
  const files = await parseKnownFiles({}).catch((): Files => ({}));
  return profilesIn(files);
}

function profilesIn(files: Files): string[] {
  return Object.keys(files).filter((name) => !/^(sso-session|services)\./.test(name));
}

/** The files of the AWS CLI. A profile that they do not hold is told: the SDK would only find no credentials anywhere. */
async function knownFiles(profile: string | undefined): Promise<Files> {
  const files = await parseKnownFiles({});
  if (!profile || profile === "default" || files[profile]) return files;
  const known = profilesIn(files).join(", ") || "none";
  throw new Told("unauthenticated", `there is no AWS profile ${profile}; there are ${known}`);
}

/**
 * The endpoint that a profile chosen by --profile names (AWS SDKs and Tools Reference Guide, Service-specific endpoints).
 * Without one, or where the environment names an endpoint, the SDK does it right by itself.
 */
function endpointOf(files: Files, name: string | undefined, service: ServiceId | "sso") {
  if (name === undefined) return {};
  // The process's own, since that is where the SDK looks for them.
  const { AWS_ENDPOINT_URL: all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: ignored } = process.env;
  if (all || process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || ignored?.toLowerCase() === "true") return {};
  const profile = files[name] ?? {};
  const services = profile.services === undefined ? {} : files[`services.${profile.services}`];
  const endpoint = services?.[`${service}.endpoint_url`] ?? profile.endpoint_url;
  // Or the SDK takes the one of the default profile.
  if (endpoint === undefined || profile.ignore_configured_endpoint_urls === "true")
    return { ignoreConfiguredEndpointUrls: true };
  if (!URL.canParse(endpoint))
    throw new Told("unreachable", `the AWS profile ${name} has an endpoint_url that is not a URL: ${endpoint}`);
  return { endpoint };
}

function readBundle(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Told(
      "unreachable",
      `AWS_CA_BUNDLE cannot be read${saying(error instanceof Error ? error.message : error)}`,
    );
  }
}
