/** How made-up pods say what they are. */
export interface PodsMadeUp {
  readonly image?: string;
  readonly container?: string;
  /** Labels by which their Service selects them. */
  readonly selector?: { readonly [label: string]: string };
}
