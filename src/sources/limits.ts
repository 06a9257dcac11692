/** What is waited for, and how much is taken, before a question counts as failed. Times in milliseconds. */
export interface Limits {
  /** One question, or its next page, with all repetitions. Nobody on call waits longer without seeing anything move. */
  readonly question: number;
  /**
   * All questions to a service that limits the rate, from one of its answers to the next: it will answer, and the user is
   * told what is waited for.
   */
  readonly throttled: number;
  /** One question with all its pages, however they trickle. */
  readonly whole: number;
  /** Until the connection stands. A private API behind a VPN that is off drops packets, and is known by this. */
  readonly connect: number;
  /** One request until its answer's first byte. Shorter than `question`, so that a lost request can be repeated. */
  readonly request: number;
  /** The largest body of one response, in bytes. 500 pods are about 5 MB, 100,800 datapoints about 3 MB. */
  readonly bytes: number;
  /** Pages of one answer. 200 pages of 500 objects are more than any cluster of ours has. */
  readonly pages: number;
  /** How often one request is made, the first included. */
  readonly attempts: number;
}

export const LIMITS: Limits = {
  question: 20_000,
  throttled: 90_000,
  whole: 300_000,
  connect: 2_500,
  request: 8_000,
  bytes: 32 * 2 ** 20,
  pages: 200,
  attempts: 4,
};

/**
 * What one answer, file, event or log line may be, whoever gives it. Beyond it nothing is read: it would only fill the
 * memory, hold the reader or exhaust the stack of those who walk it.
 */
export const SIZE = {
  /** Levels of lists and objects in one another; vendors' answers have about 20, a CustomResource may have some dozens. */
  depth: 200,
  /** Values in it, keys apart: 15 days of minutes are 43,200 for one metric, 500 pods about 100,000. */
  values: 4_000_000,
  /** Characters of one string; etcd takes objects of at most 1.5 MiB (etcd, System limits). */
  text: 2 * 2 ** 20,
  /** Bytes of all files of a recording, and characters of all pages of one answer. Hours are one or two MB. */
  whole: 64 * 2 ** 20,
  /** Files of a recording: one for each source, and room for those that were split by hand. */
  files: 32,
} as const;
