import type { AlarmFact, ChangeFact, SettingChange } from "../model/facts.ts";
import { shellQuoted } from "../model/shell.ts";
import { putAlarm } from "./aws-commands.ts";
import { classicUndo } from "./undo-classic.ts";
import { before } from "./values-before.ts";

/*
 * The command that undoes exactly one recorded change. Nothing is guessed: where a value of before is not recorded, or the
 * call replaces more than what is known of it, there is no command.
 */

/** Null where it cannot be written from what is recorded. */
export function undoCommand(change: ChangeFact, alarm: AlarmFact | null): string | null {
  const { call, kind, settings, touches } = change;
  const id = (wanted: string) => touches.find((one) => one.kind === wanted)?.id ?? null;
  const [group, balancer, security] = [id("target group"), id("load balancer"), id("security group")];
  if (kind === "alarm") return alarm && id("alarm") === alarm.name ? alarmBack(settings, alarm) : null;
  // Of a Classic Load Balancer a call knows the name alone.
  if (balancer !== null && !balancer.startsWith("arn:")) return classicUndo(call, balancer, settings);
  switch (call) {
    case "ModifyRule":
      return weightsBack(change);
    case "ModifyListener":
      return listenerBack(id("listener"), settings) ?? weightsBack(change);
    case "AddListenerCertificates":
    case "RemoveListenerCertificates":
      return certificatesBack(call, id("listener"), settings);
    case "ModifyListenerAttributes":
      return attributesBack("modify-listener-attributes --listener-arn", id("listener"), settings);
    case "DeregisterTargets":
      return targetsBack(group, settings);
    case "ModifyTargetGroupAttributes":
      return group && attributesBack("modify-target-group-attributes --target-group-arn", group, settings);
    case "ModifyLoadBalancerAttributes":
      return balancer && attributesBack("modify-load-balancer-attributes --load-balancer-arn", balancer, settings);
    case "ModifyTargetGroup":
      return group && checkBack(group, settings);
    case "SetSecurityGroups":
      return balancer && groupsBack(balancer, settings);
    case "RevokeSecurityGroupIngress":
    case "RevokeSecurityGroupEgress":
    case "AuthorizeSecurityGroupIngress":
      return security && permissionsBack(call, security, settings);
    case "AssociateWebACL":
      return balancer && `aws wafv2 disassociate-web-acl --resource-arn ${shellQuoted(balancer)}`;
    default:
      return null;
  }
}

function alarmBack(settings: readonly SettingChange[], alarm: AlarmFact): string | null {
  const known = before(settings);
  if (!known) return null;
  const old: { [name: string]: string | number } = {};
  for (const [name, value] of known) old[name] = name === "statistic" || name === "comparison" ? value : Number(value);
  return putAlarm({ ...alarm, ...(old as Partial<AlarmFact>) });
}

/** Weights alone: the call replaces all actions of a rule, and of one that does more not all is known. */
function weightsBack({ call, settings, touches }: ChangeFact): string | null {
  const weights = settings.filter(({ name }) => name.startsWith("weight of "));
  const known = before(weights);
  const target = touches.find(({ kind }) => kind === (call === "ModifyRule" ? "rule" : "listener"));
  if (!known || !target || weights.length !== settings.length) return null;
  const groups = touches.filter(({ kind }) => kind === "target group");
  const TargetGroups = known.flatMap(([name, weight]) => {
    const arn = groups.find(({ id }) => id.split("/").at(-2) === name.slice("weight of ".length))?.id;
    return arn === undefined ? [] : [{ TargetGroupArn: arn, Weight: Number(weight) }];
  });
  if (TargetGroups.length !== known.length) return null;
  const actions = shellQuoted(JSON.stringify([{ Type: "forward", ForwardConfig: { TargetGroups } }]));
  return call === "ModifyRule"
    ? `aws elbv2 modify-rule --rule-arn ${shellQuoted(target.id)} --actions ${actions}`
    : `aws elbv2 modify-listener --listener-arn ${shellQuoted(target.id)} --default-actions ${actions}`;
}

/** Of what a listener shows its clients; a call that set more of it is not undone by half. */
function listenerBack(arn: string | null, settings: readonly SettingChange[]): string | null {
  const known = before(settings);
  if (arn === null || !known) return null;
  const options = known.map(([name, value]) => {
    if (name === "sslPolicy") return `--ssl-policy ${shellQuoted(value)}`;
    return name === "certificates" ? `--certificates ${shellQuoted(`CertificateArn=${value}`)}` : null;
  });
  if (options.includes(null)) return null;
  return `aws elbv2 modify-listener --listener-arn ${shellQuoted(arn)} ${options.join(" ")}`;
}

function certificatesBack(call: string, arn: string | null, settings: readonly SettingChange[]): string | null {
  const certificates = settings.flatMap(({ name }) => /^certificate (arn:\S+)$/.exec(name)?.[1] ?? []);
  if (arn === null || certificates.length === 0 || certificates.length !== settings.length) return null;
  const verb = call.startsWith("Remove") ? "add" : "remove";
  const list = certificates.map((one) => shellQuoted(`CertificateArn=${one}`)).join(" ");
  return `aws elbv2 ${verb}-listener-certificates --listener-arn ${shellQuoted(arn)} --certificates ${list}`;
}

function targetsBack(group: string | null, settings: readonly SettingChange[]): string | null {
  const targets = settings.flatMap(({ name }) => {
    const [, id, port] = /^target (\S+?)(?::(\d+))?$/.exec(name) ?? [];
    return id === undefined ? [] : [shellQuoted(`Id=${id}${port === undefined ? "" : `,Port=${port}`}`)];
  });
  if (group === null || targets.length === 0 || targets.length !== settings.length) return null;
  return `aws elbv2 register-targets --target-group-arn ${shellQuoted(group)} --targets ${targets.join(" ")}`;
}

function attributesBack(command: string, arn: string | null, settings: readonly SettingChange[]): string | null {
  const known = before(settings);
  if (arn === null || !known) return null;
  const list = known.map(([key, value]) => shellQuoted(`Key=${key},Value=${value}`));
  return `aws elbv2 ${command} ${shellQuoted(arn)} --attributes ${list.join(" ")}`;
}

function checkBack(arn: string, settings: readonly SettingChange[]): string | null {
  const known = before(settings);
  if (!known) return null;
  const options = known.map(([name, value]) =>
    name === "matcher"
      ? `--matcher ${shellQuoted(`HttpCode=${value}`)}`
      : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${shellQuoted(value)}`,
  );
  return `aws elbv2 modify-target-group --target-group-arn ${shellQuoted(arn)} ${options.join(" ")}`;
}

function groupsBack(arn: string, settings: readonly SettingChange[]): string | null {
  const known = before(settings);
  if (known?.length !== 1 || known[0]?.[0] !== "securityGroups") return null;
  const groups = known[0][1].split(", ").map(shellQuoted).join(" ");
  return `aws elbv2 set-security-groups --load-balancer-arn ${shellQuoted(arn)} --security-groups ${groups}`;
}

/** The rules as they are told: "tcp 8080 from sg-0a1b2c3d", "all traffic to 10.0.0.0/16". */
const RULE = /^(all traffic|[\w-]+)(?: (-?\d+)(?:–(\d+))?)? (?:from|to) (\S+)$/;

function permissionsBack(call: string, group: string, settings: readonly SettingChange[]): string | null {
  const permissions = settings.map(({ name }) => permissionOf(name));
  if (permissions.length === 0 || permissions.includes(null)) return null;
  const verb = call.startsWith("Revoke") ? "authorize" : "revoke";
  const way = call.endsWith("Egress") ? "egress" : "ingress";
  return `aws ec2 ${verb}-security-group-${way} --group-id ${shellQuoted(group)} --ip-permissions ${shellQuoted(JSON.stringify(permissions))}`;
}

function permissionOf(rule: string): object | null {
  const [, protocol, from, to = from, end = ""] = RULE.exec(rule) ?? [];
  if (protocol === undefined) return null;
  const peer = end.startsWith("sg-")
    ? { UserIdGroupPairs: [{ GroupId: end }] }
    : end.startsWith("pl-")
      ? { PrefixListIds: [{ PrefixListId: end }] }
      : end.includes(":")
        ? { Ipv6Ranges: [{ CidrIpv6: end }] }
        : /^[\d.]+\/\d+$/.test(end)
          ? { IpRanges: [{ CidrIp: end }] }
          : null;
  if (peer === null) return null;
  const ports = from === undefined ? {} : { FromPort: Number(from), ToPort: Number(to) };
  return { IpProtocol: protocol === "all traffic" ? "-1" : protocol, ...ports, ...peer };
}
