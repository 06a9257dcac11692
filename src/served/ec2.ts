/*
 * EC2's own form of the Query protocol (smithy, aws.protocols#ec2Query): lists stand as "Name.1", answers have names of
 * their own on the wire and lists as <item>.
 */

/** Names on the wire that are not the member's own with a small first letter (EC2 API reference, response elements). */
const NAMES: { readonly [member: string]: string } = {
  SecurityGroups: "securityGroupInfo",
  UserIdGroupPairs: "groups",
  GroupDescription: "groupDescription",
  NetworkInterfaces: "networkInterfaceSet",
  PrivateIpAddresses: "privateIpAddressesSet",
  Groups: "groupSet",
  Subnets: "subnetSet",
  NetworkAcls: "networkAclSet",
  Associations: "associationSet",
  Entries: "entrySet",
};

/** "GroupId.1=a", "Filter.1.Name=b", "Filter.1.Value.1=c" → {GroupIds: [a], Filters: [{Name: b, Values: [c]}]}. */
export function ec2InputOf(form: URLSearchParams): { [key: string]: unknown } {
  const input: { [key: string]: unknown } = {};
  const filters: { Name: string; Values: string[] }[] = [];
  for (const [path, value] of form) {
    const [name = "", index, member] = path.split(".");
    if (name === "Action" || name === "Version") continue;
    if (index === undefined) input[name] = value;
    else if (name === "Filter") {
      filters[Number(index) - 1] ??= { Name: "", Values: [] };
      const filter = filters[Number(index) - 1];
      if (member === "Name" && filter) filter.Name = value;
      else filter?.Values.push(value);
    } else input[`${name}s`] = [...((input[`${name}s`] as string[] | undefined) ?? []), value];
  }
  return filters.length === 0 ? input : { ...input, Filters: filters };
}

export function ec2Answer(operation: string, page: unknown, requestId: string): string {
  return `<${operation}Response><requestId>${requestId}</requestId>${inner(page)}</${operation}Response>`;
}

export function ec2Error(code: string, message: string, requestId: string): string {
  return `<Response><Errors><Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`;
}

function inner(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `<item>${inner(one)}</item>`).join("");
  if (value === null || typeof value !== "object") return escaped(String(value));
  return Object.entries(value)
    .filter(([, one]) => one !== undefined && one !== null)
    .map(([key, one]) => {
      const name = NAMES[key] ?? `${key.charAt(0).toLowerCase()}${key.slice(1)}`;
      return `<${name}>${inner(one)}</${name}>`;
    })
    .join("");
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\r/g, "&#13;");
}
