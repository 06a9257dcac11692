/**
 * Waiting times in queues, from two textbook approximations put together:
 *
 * - how likely a request waits at all with c servers: Erlang's C formula;
 * - how long the line is while a burst lasts: reflected Brownian motion (the diffusion limit of a G/G/c queue), which
 *   covers a line that is still growing as well as one in its steady state, below and above saturation. Its steady state
 *   is that of Allen and Cunneen: wait = C / (cμ − λ) · (ca² + cs²) / 2.
 *
 * Source: Allen, "Probability, Statistics and Queueing Theory", 2nd ed., 5.3; Harrison, "Brownian Motion and Stochastic
 * Flow Systems", 1.8 and 1.9. Times are seconds, rates requests a second.
 */
export interface Station {
  /** Requests that can be at work at once. */
  readonly servers: number;
  /** Mean seconds of work of one request on one server. */
  readonly work: number;
  /** Squared coefficients of variation of the work, and of the gaps between arrivals (1: Poisson). */
  readonly workVariation: number;
  readonly arrivalVariation: number;
}

/** Probability that a request finds all servers busy; 1 from saturation on. `load` is λ × work. */
export function erlangC(servers: number, load: number): number {
  if (load >= servers) return 1;
  if (load <= 0) return 0;
  // Erlang's B by its recursion, which does not overflow; C follows from it.
  let blocked = 1;
  for (let server = 1; server <= servers; server += 1) blocked = (load * blocked) / (server + load * blocked);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

/** Mean wait in the steady state; Infinity from saturation on. */
export function steadyWait(station: Station, rate: number): number {
  const load = rate * station.work;
  if (load >= station.servers) return Number.POSITIVE_INFINITY;
  const spare = station.servers / station.work - rate;
  return (erlangC(station.servers, load) / spare) * ((station.arrivalVariation + station.workVariation) / 2);
}

/**
 * Expected requests in line after `time` seconds of arrivals at `rate`, when `before` stood in line at the beginning.
 * For X with drift θ = λ − cμ and variance σ² = λ·ca² + cμ·cs² a second, and M the highest that −X has reached, the line
 * is X + max(before, M).
 */
export function lineAfter(station: Station, rate: number, before: number, time: number): number {
  const capacity = station.servers / station.work;
  const drift = rate - capacity;
  const busy = Math.min(rate, capacity);
  const variance = rate * station.arrivalVariation + busy * station.workVariation;
  if (time <= 0) return before;
  if (variance <= 0) return Math.max(0, before + drift * time);
  return Math.max(0, drift * time + before + overshoot(-drift, variance, before, time));
}

/** E[max(0, M − x)] for the maximum M of a Brownian motion with the drift and variance over `time`. */
function overshoot(drift: number, variance: number, x: number, time: number): number {
  const spread = Math.sqrt(variance * time);
  const near = (x - drift * time) / spread;
  const far = (x + drift * time) / spread;
  const first = spread * (density(near) - near * tail(near));
  const slope = (2 * drift) / variance;
  // Without drift both terms are the same by the reflection principle.
  if (Math.abs(slope) * spread < 1e-6) return 2 * first;
  // e^(slope·x) · tail(far), written so that neither factor overflows.
  const reflected = far > 0 ? density(near) * mills(far) : Math.exp(slope * x) * tail(far);
  return first + (tail(near) - reflected) / slope;
}

/** Longer than any burst: where a line has not been reached by then, it will not be. */
const FOREVER = 1e6;

/** The share by which a line's age may miss it: nothing that is told has as many digits. */
const EXACT = 1e-12;

/**
 * For how long arrivals at this rate would have had to come, from an empty line, for it to be this long on average; null
 * where it would never be. A line of many requests on average is sometimes empty and sometimes twice as long, and it is
 * those times that make it grow: going on from its mean alone would lose them.
 */
function ageOf(station: Station, rate: number, line: number): number | null {
  if (line <= 0) return 0;
  if (lineAfter(station, rate, 0, FOREVER) <= line) return null;
  const excess = (time: number) => lineAfter(station, rate, 0, time) - line;
  let high = 1;
  while (excess(high) < 0) high *= 2;
  // False position between the two, with the weight of an end that stays halved (the "Illinois" rule): what halving the
  // stretch finds in forty steps takes it eight, and a forecast asks hundreds of times.
  let low = 0;
  let [below, above] = [-line, excess(high)];
  let stayed: "low" | "high" | null = null;
  let time = high;
  for (let step = 0; step < 60 && high - low > EXACT * high; step += 1) {
    time = (low * above - high * below) / (above - below);
    const now = excess(time);
    if (Math.abs(now) <= EXACT * line) break;
    if (now < 0) {
      [low, below] = [time, now];
      if (stayed === "high") above /= 2;
      stayed = "high";
    } else {
      [high, above] = [time, now];
      if (stayed === "low") below /= 2;
      stayed = "low";
    }
  }
  return time;
}

/** Mean wait of the requests that arrive within the stretch, and the line at its end. */
export function stretch(
  station: Station,
  rate: number,
  before: number,
  seconds: number,
): { readonly wait: number; readonly line: number } {
  const capacity = station.servers / station.work;
  const age = ageOf(station, rate, before);
  const lineAt = (time: number) =>
    age === null ? lineAfter(station, rate, before, time) : lineAfter(station, rate, 0, age + time);
  // Simpson's rule over the stretch; the line grows like a square root at first, so it is cut into a few parts.
  const parts = 8;
  let integral = 0;
  for (let index = 0; index <= parts; index += 1) {
    const weight = index === 0 || index === parts ? 1 : index % 2 === 1 ? 4 : 2;
    integral += weight * lineAt((seconds * index) / parts);
  }
  const mean = integral / (3 * parts);
  // What an earlier stretch left behind is waited through, whatever this one's own load.
  const waits = age === null ? 1 : erlangC(station.servers, rate * station.work);
  return { wait: (waits * mean) / capacity, line: lineAt(seconds) };
}

/**
 * Mean response time in seconds for one of `callers` who send again `pause` seconds after their answer, spread at random
 * over `stations` of this kind: mean value analysis of a closed network. Several servers stand for one that is as fast
 * as all of them, and a fixed delay (Seidmann); a request at work is met in the middle, which takes longer the more the
 * work varies (Reiser).
 *
 * Source: Reiser, Lavenberg, "Mean-Value Analysis of Closed Multichain Queuing Networks", 1980; Reiser, "A Queueing
 * Network Analysis of Computer Communication Networks with Window Flow Control", 1979; Seidmann, Schweitzer,
 * Shalev-Oren, "Computerized Closed Queueing Network Models of Flexible Manufacturing Systems", 1987.
 */
export function closedTime(
  { servers, work, workVariation }: Station,
  stations: number,
  callers: number,
  pause: number,
): number {
  const turn = work / servers;
  const delay = work - turn;
  let time = work;
  let inLine = 0;
  let busy = 0;
  for (let count = 1; count <= callers; count += 1) {
    const queued = turn * (1 + inLine + busy * ((workVariation - 1) / 2));
    time = queued + delay;
    const rate = count / (time + pause) / stations;
    inLine = rate * queued;
    busy = Math.min(1, rate * turn);
  }
  return time;
}

/** Standard normal density. */
function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** P(Z > z) of a standard normal Z. */
function tail(z: number): number {
  return z >= 0 ? density(z) * mills(z) : 1 - density(z) * mills(-z);
}

/**
 * Mills' ratio P(Z > z) / density(z) for z ≥ 0. Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.2.17
 * (absolute error of the tail below 7.5e-8) up to 3, their continued fraction 26.2.14 beyond it.
 */
function mills(z: number): number {
  if (z > 3) {
    let fraction = z;
    for (let term = 20; term >= 1; term -= 1) fraction = z + term / fraction;
    return 1 / fraction;
  }
  const t = 1 / (1 + 0.2316419 * z);
  return t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
}

/**
 * The q-quantile of a positive quantity of this mean and squared coefficient of variation, taken as log-normal: what
 * response times of one kind of work look like.
 */
export function logNormalQuantile(mean: number, variation: number, q: 0.5 | 0.95 | 0.99): number {
  const normal = { 0.5: 0, 0.95: 1.6449, 0.99: 2.3263 }[q];
  const sigma2 = Math.log(1 + variation);
  return mean * Math.exp(normal * Math.sqrt(sigma2) - sigma2 / 2);
}
