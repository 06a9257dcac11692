/** What is waited for, and how much is taken, before a question counts as failed. Times in milliseconds. */
export interface Limits {
  /** One question with all its pages and repetitions. Nobody on call waits longer for one answer. */
  readonly question: number;
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
  connect: 2_500,
  request: 8_000,
  bytes: 32 * 2 ** 20,
  pages: 200,
  attempts: 4,
};
