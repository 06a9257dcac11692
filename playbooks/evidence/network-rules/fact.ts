import { type FactToken, fact, type NetworkRules } from "../../../src/playbook.ts";

export const networkRulesFact: FactToken<NetworkRules> = {
  ...fact<NetworkRules>("networkRules", "the network's rules"),
  // Only where no target is healthy is there anything to ask.
  optional: true,
};
