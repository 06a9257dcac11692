import type { SettingChange } from "../model/facts.ts";
import { shellQuoted } from "../model/shell.ts";
import { before } from "./values-before.ts";

/** The members of a health check; the command takes it whole. */
const CHECK = ["target", "interval", "timeout", "unhealthyThreshold", "healthyThreshold"];

/** The command that undoes a call on a Classic Load Balancer; null where it cannot be written from what is recorded. */
export function classicUndo(call: string | null, balancer: string, settings: readonly SettingChange[]): string | null {
  const aws = (command: string) => `aws elb ${command} --load-balancer-name ${shellQuoted(balancer)}`;
  const [parts, verb] = [partsIn(settings), call === null ? "" : reverse(call)];
  if (parts !== null && verb !== null && /Subnets$/.test(call ?? ""))
    return `${aws(`${verb}-load-balancer-${verb === "attach" ? "to" : "from"}-subnets`)} --subnets ${parts}`;
  if (parts !== null && verb !== null && /AvailabilityZones/.test(call ?? ""))
    return `${aws(`${verb}-availability-zones-for-load-balancer`)} --availability-zones ${parts}`;
  const known = before(settings);
  const [first] = known ?? [];
  if (!known || !first) return null;
  const [setting, value] = first;
  const port = / port (\d+)$/.exec(setting)?.[1];
  const list = value.split(", ").map(shellQuoted).join(" ");
  switch (call) {
    case "ConfigureHealthCheck":
      return checkBack(aws("configure-health-check"), known);
    case "ModifyLoadBalancerAttributes":
      return attributesBack(aws("modify-load-balancer-attributes"), known);
    case "ApplySecurityGroupsToLoadBalancer":
      return value === "none" ? null : `${aws("apply-security-groups-to-load-balancer")} --security-groups ${list}`;
    case "SetLoadBalancerListenerSSLCertificate":
      return port === undefined
        ? null
        : `${aws("set-load-balancer-listener-ssl-certificate")} --load-balancer-port ${port} --ssl-certificate-id ${list}`;
    case "SetLoadBalancerPoliciesOfListener":
    case "SetLoadBalancerPoliciesForBackendServer": {
      if (port === undefined) return null;
      const [command, option] = call.endsWith("Listener")
        ? ["set-load-balancer-policies-of-listener", "--load-balancer-port"]
        : ["set-load-balancer-policies-for-backend-server", "--instance-port"];
      // None of them: the list is given, and empty.
      return `${aws(command)} ${option} ${port} --policy-names ${value === "none" ? "'[]'" : list}`;
    }
    default:
      return null;
  }
}

function reverse(call: string): string | null {
  if (call.startsWith("Attach")) return "detach";
  if (call.startsWith("Detach")) return "attach";
  if (call.startsWith("Enable")) return "disable";
  return call.startsWith("Disable") ? "enable" : null;
}

/** "subnet subnet-0a1b" → "subnet-0a1b": what was added or removed; null where a setting is none. */
function partsIn(settings: readonly SettingChange[]): string | null {
  const parts = settings.flatMap(({ name }) => /^(?:subnet|zone) (\S+)$/.exec(name)?.[1] ?? []);
  return parts.length > 0 && parts.length === settings.length ? parts.map(shellQuoted).join(" ") : null;
}

type Known = NonNullable<ReturnType<typeof before>>;

function checkBack(command: string, known: Known): string | null {
  const members = CHECK.flatMap((member) => {
    const value = known.find(([name]) => name === `healthCheck.${member}`)?.[1];
    return value === undefined ? [] : [`${capital(member)}=${value}`];
  });
  return members.length === CHECK.length ? `${command} --health-check ${shellQuoted(members.join(","))}` : null;
}

/** Attributes by their structures, with the types that the API gives them; those without one are strings. */
function attributesBack(command: string, known: Known): string | null {
  const given: { [struct: string]: { [member: string]: number | boolean } } = {};
  const additional: { readonly Key: string; readonly Value: string }[] = [];
  for (const [name, value] of known) {
    const [, struct, member] =
      /^(crossZoneLoadBalancing|connectionDraining|connectionSettings)\.(\w+)$/.exec(name) ?? [];
    if (struct === undefined || member === undefined) {
      // Where logs go is not told with it.
      if (name.startsWith("accessLog.")) return null;
      additional.push({ Key: name, Value: value });
    } else
      given[capital(struct)] = {
        ...given[capital(struct)],
        [capital(member)]: member === "enabled" ? value === "true" : Number(value),
      };
  }
  const all = { ...given, ...(additional.length > 0 && { AdditionalAttributes: additional }) };
  return `${command} --load-balancer-attributes ${shellQuoted(JSON.stringify(all))}`;
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
