export interface NodeSpec {
  readonly name: string;
  readonly ip: string;
  readonly zone: string;
  readonly instanceId: string;
  readonly instanceType: string;
  readonly cores: number;
  /** Millicores that pods may request. */
  readonly allocatable: number;
  readonly memory: string;
  readonly group: string;
  readonly capacityType: "SPOT" | "ON_DEMAND";
  /** Millicores requested by daemonsets, and by other tenants' pods. */
  readonly daemonsetRequest: number;
  readonly tenantRequest: number;
  /** Cores that other tenants use on average, and its relative standard deviation. */
  readonly tenantUse: number;
  readonly tenantWobble: number;
  /** Stretches in which the tenants use `cores` more. */
  readonly tenantBusy: readonly { readonly at: number; readonly seconds: number; readonly cores: number }[];
}
