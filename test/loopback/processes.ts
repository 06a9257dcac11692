import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether a process runs; a zombie runs no more, only nobody has asked yet how it ended. Linux. */
export function runs(pid: number): boolean {
  try {
    return !/ Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Whether the process with the number in a file ends within two seconds. */
export async function ended(pidFile: string): Promise<boolean> {
  const pid = Number(readFileSync(pidFile, "utf8"));
  for (let attempt = 0; attempt < 40 && runs(pid); attempt += 1) await sleep(50);
  return !runs(pid);
}
