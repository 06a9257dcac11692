import type { Event } from "../model/event.ts";
import { reduce, type State } from "./reduce.ts";

/**
 * The session while it is worked on. Engine and user append events, the reducer folds them, and those who look at it are
 * told of every change.
 */
export class SessionStore {
  readonly #listeners = new Set<() => void>();
  #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  /** The newest state; the same object until the next event. */
  readonly current = (): State => this.#state;

  append(event: Event): void {
    this.#state = reduce(this.#state, event);
    for (const listener of this.#listeners) listener();
  }

  /** Calls the listener after every event. Answers how to stop that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
