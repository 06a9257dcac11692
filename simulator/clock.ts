/** Seconds between two looks at everything: counters are recorded on this grid, and scrapes fall on it. */
export const TICK = 5;
/** Seconds that the simulation runs before the window, so that nothing starts from empty. */
export const LEAD = 1800;
