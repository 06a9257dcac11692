/** The arithmetic of fixes, for playbooks. */
export * from "./alarm-forecast.ts";
export * from "./alarm-proposal.ts";
export * from "./autoscaler-sizing.ts";
export * from "./aws-commands.ts";
export * from "./fleet-sizing.ts";
export * from "./forecast-words.ts";
export * from "./group-attributes.ts";
export { madeUpTrouble } from "./made-up-trouble.ts";
export * from "./patches.ts";
export * from "./refusals.ts";
export * from "./sizing.ts";
export * from "./steadier-alarm.ts";
export * from "./undo.ts";
export * from "./what-if.ts";
export * from "./worker-setting.ts";
