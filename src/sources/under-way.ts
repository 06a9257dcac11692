/** Each holds what was begun at somebody else's, and costs money until it has ended there. */
const underWay = new Set<Promise<unknown>>();

/** The same promise, for which a process that is interrupted waits. It must settle soon once all is stopped. */
export function mustEnd<T>(ending: Promise<T>): Promise<T> {
  underWay.add(ending);
  const over = () => underWay.delete(ending);
  ending.then(over, over);
  return ending;
}

/** Settles when nothing is under way any more that must end. */
export async function allEnded(): Promise<void> {
  await Promise.allSettled(underWay);
}
