/** Limits that more than one judgement shares, so that two of them never draw the line at different places. */

/**
 * Pods ran alike from this Jain index on: four pods at 0.7, 0.9, 0.9 and 0.9 cores have 0.99; with one of them at half
 * of the others it is 0.94.
 */
export const ALIKE = 0.9;

/**
 * From this share of throttled periods on, requests wait for the quota often enough to be seen in their latency. It is
 * the share from which the Kubernetes mixin warns (CPUThrottlingHigh, 25 %).
 */
export const HEAVY_THROTTLING = 0.25;

/** A node this busy has its run queue full: what its pods want more, they do not get. */
export const NODE_FULL = 0.9;

/** Below it a node has CPU to give. In between, neither can be said. */
export const NODE_ROOM = 0.8;

/** The autoscaler at its maximum in this share of the bursts' minutes: most of the time it could add nothing. */
export const AT_MAXIMUM = 0.5;
