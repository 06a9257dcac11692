/**
 * Whether the terminal is known to know hyperlinks (OSC 8): others show nothing worse than the text, but some show the
 * sequence. tmux and screen pass them on only if they are new and told so.
 */
export function knowsLinks({ TERM = "", TERM_PROGRAM = "", ...env }: NodeJS.ProcessEnv): boolean {
  if (env.TMUX || env.STY || TERM === "dumb" || TERM.startsWith("screen") || TERM.startsWith("tmux")) return false;
  if (["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby"].includes(TERM_PROGRAM)) return true;
  if (env.WT_SESSION || env.KITTY_WINDOW_ID || env.DOMTERM || env.KONSOLE_VERSION) return true;
  if (/^(xterm-kitty|xterm-ghostty|foot|alacritty)/.test(TERM)) return true;
  // VTE (GNOME Terminal and others) since 0.50.
  return Number(env.VTE_VERSION ?? 0) >= 5000;
}
