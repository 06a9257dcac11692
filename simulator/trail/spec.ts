/** What is changed in an account, as the people and controllers who do it see it. */

export interface AccountChange {
  /** Seconds after the window's start; negative: before it. */
  readonly at: number;
  readonly by: Actor;
  /** "elsewhere": on another load balancer, target group, security group or alarm of the account. */
  readonly where: "here" | "elsewhere";
  readonly what: Change;
}

/** Who calls: somebody in the console, somebody with a role of the identity provider, a pipeline, a controller. */
export interface Actor {
  readonly kind: "user" | "person with a role" | "pipeline" | "controller";
  /** User or session name. */
  readonly name: string;
}

export type Change =
  /** Weights of the focus service's group and of that beside it, where there is one. */
  | { readonly call: "ModifyRule"; readonly weights: readonly number[] }
  /** The rule of the focus service takes these paths from now on. */
  | { readonly call: "ModifyRule"; readonly paths: readonly string[] }
  | { readonly call: "SetRulePriorities"; readonly priority: number }
  | { readonly call: "ModifyTargetGroupAttributes"; readonly attributes: Attributes }
  | { readonly call: "ModifyLoadBalancerAttributes"; readonly attributes: Attributes }
  | {
      readonly call: "ModifyTargetGroup";
      readonly check: { readonly intervalSeconds: number; readonly timeoutSeconds: number };
    }
  | { readonly call: "ModifyListener"; readonly sslPolicy: string }
  | { readonly call: "SetSecurityGroups" }
  /** Of the rule that lets the load balancer reach the targets. */
  | { readonly call: "RevokeSecurityGroupIngress" | "AuthorizeSecurityGroupIngress"; readonly port: number }
  | { readonly call: "PutMetricAlarm" }
  | { readonly call: "ImportCertificate" }
  | { readonly call: "UpdateAutoScalingGroup"; readonly minSize: number; readonly maxSize: number }
  | { readonly call: "UpdateNodegroupConfig"; readonly minSize: number; readonly maxSize: number }
  | { readonly call: "UpdateWebACL" };

export type Attributes = Readonly<Record<string, string>>;
