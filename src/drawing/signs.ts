/** The signs of pages, pictures and the board. Each is one column wide, and so is what stands for it where there is no Unicode. */
export const SIGN = {
  confirmed: "✓",
  supported: "◐",
  rejected: "✗",
  undetermined: "·",
  done: "✓",
  waiting: "·",
  skipped: "–",
  chosen: "›",
  byYou: "◆",
  gap: "!",
  more: "↓",
  up: "↑",
} as const;

/** Frames of the sign that something is being waited for. */
export const TURNING = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

/** Eight levels, the lowest first; one character shows one value. */
export const LEVELS = "▁▂▃▄▅▆▇█";
