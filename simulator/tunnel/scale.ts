/**
 * The tunnel is a scale model. A worker at work uses CORE of a real core, so that a fleet fits on a machine of two; and
 * everything passes TIME times as fast, so that an hour is measured in six minutes.
 */
export const TIME = 10;
export const CORE = 0.1;

/**
 * Microseconds of a real CFS period. The kernel's default of 100 ms would be 10 ms here, in which a core's share is a
 * single millisecond, less than the kernel's clock tick can enforce: it would throttle a pod that never used its quota up.
 */
export const PERIOD = 40_000;

/** Real milliseconds of model seconds. */
export function realMs(seconds: number): number {
  return (seconds * 1000) / TIME;
}
