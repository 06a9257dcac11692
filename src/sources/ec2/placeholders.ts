import type { Question } from "../../model/question.ts";
import { KNOWN_LATER as K } from "../placeholders.ts";

/** One security group in front of the targets, which lets nothing in. */
export function placeholder({ operation, input }: Question): unknown {
  switch (operation) {
    case "DescribeSecurityGroups":
      return { SecurityGroups: (input.GroupIds as readonly string[]).map((GroupId) => ({ GroupId })) };
    case "DescribeNetworkInterfaces":
      return {
        NetworkInterfaces: [
          {
            NetworkInterfaceId: "<network-interface>",
            SubnetId: "<subnet>",
            PrivateIpAddress: K.address,
            Groups: [{ GroupId: "<security-group>" }],
          },
        ],
      };
    case "DescribeSubnets":
      return { Subnets: [{ SubnetId: "<subnet>" }] };
    default:
      return { NetworkAcls: [{ NetworkAclId: "<network-acl>", Associations: [{ SubnetId: "<subnet>" }] }] };
  }
}
