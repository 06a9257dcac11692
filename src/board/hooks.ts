import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { State } from "../engine/reduce.ts";
import type { Size } from "./geometry.ts";
import type { Waiting } from "./header.ts";

/** The session as the board follows it; the store of a running investigation is one. */
export interface Followed {
  readonly current: () => State;
  readonly subscribe: (listener: () => void) => () => void;
}

/** How often a running investigation is drawn, milliseconds. */
const PACE = 50;

/** The newest state. Events come in swarms while it runs: the first is drawn at once, the others together soon after. */
export function useFollowed({ current, subscribe }: Followed): State {
  const paced = useRef((listener: () => void) => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let missed = false;
    const rest = () => {
      timer = missed ? setTimeout(rest, PACE) : null;
      if (missed) listener();
      missed = false;
    };
    const stop = subscribe(() => {
      missed = timer !== null;
      if (timer !== null) return;
      listener();
      timer = setTimeout(rest, PACE);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  });
  return useSyncExternalStore(paced.current, current);
}

/** The terminal's size, as it is now. */
export function useSize(out: NodeJS.WriteStream): Size {
  const [size, setSize] = useState<Size>(() => sizeOf(out));
  useEffect(() => {
    const resized = () => setSize(sizeOf(out));
    out.on("resize", resized);
    return () => {
      out.off("resize", resized);
    };
  }, [out]);
  return size;
}

function sizeOf({ columns, rows }: NodeJS.WriteStream): Size {
  return { columns: columns || 80, rows: rows || 24 };
}

/** The id of the finding that came last; null before the first. Its place in the session does not tell. */
export function useNewest({ session: { findings } }: State): string | null {
  const seen = useRef({ ids: new Set<string>(), newest: null as string | null });
  for (const { id } of findings) {
    if (!seen.current.ids.has(id)) seen.current.newest = id;
    seen.current.ids.add(id);
  }
  return seen.current.newest;
}

/** Since when each open question is waited for, and the time, ten times a second while one is open. */
export function useWaiting({ session }: State, clock: () => number): Pick<Waiting, "now" | "since"> {
  const since = useRef(new Map<string, number>());
  const [now, setNow] = useState(clock);
  const running = session.outcome === null;
  for (const { key, answer } of session.exchanges) {
    if (answer === null && !since.current.has(key)) since.current.set(key, clock());
    if (answer !== null) since.current.delete(key);
  }
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(clock()), 100);
    return () => clearInterval(timer);
  }, [running, clock]);
  return { now, since: since.current };
}
