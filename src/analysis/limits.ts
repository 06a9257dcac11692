/** Limits that more than one judgement shares, so that two of them never draw the line at different places. */

/** A node this busy has its run queue full: what its pods want more, they do not get. */
export const NODE_FULL = 0.9;

/** Below it a node has CPU to give. In between, neither can be said. */
export const NODE_ROOM = 0.8;

/** The autoscaler at its maximum in this share of the bursts' minutes: most of the time it could add nothing. */
export const AT_MAXIMUM = 0.5;

/** From this many times their usual latency on requests are late: clients lose patience, and checks run into their time-outs. */
export const LATE = 2;

/** How long before an episode's first breach its beginning is looked for; seconds. */
export const LOOKED_BACK = 600;

/** So long at the load of the episodes without trouble, and a change or a rollout is innocent of what came after; seconds. */
export const HEALTHY_AFTER = 3600;

/** A minute is as busy as the breaching ones from this share of their usual requests. */
export const COMPARABLE = 0.8;
