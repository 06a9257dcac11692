import { execFileSync } from "node:child_process";
import { cpus, release } from "node:os";

/** What a run ran on: numbers of versions, and nothing that names the machine. */
export function machine(): Record<string, string> {
  const version = (program: string, option: string) =>
    /\d+(\.\d+)+/.exec(execFileSync("sh", ["-c", `${program} ${option} 2>&1`], { encoding: "utf8" }))?.[0] ?? "unknown";
  return {
    cores: String(cpus().length),
    kernel: /\d+\.\d+/.exec(release())?.[0] ?? "unknown",
    nginx: version("nginx", "-v"),
    haproxy: version("haproxy", "-v"),
    gunicorn: version("gunicorn", "--version"),
    node: version("node", "--version"),
  };
}
