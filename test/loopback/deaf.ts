import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A port on which connections do not come about, as behind a VPN that is off. */
export interface Deaf {
  readonly port: number;
  close(): void;
}

/** Backlog of the listener: the kernel queues about so many connections, and drops the packets of more. */
const BACKLOG = 1;
const FILLING = 8;

/** A process that listens, is stopped, and whose queue is full: the kernel drops further packets to it. */
export async function startDeaf(): Promise<Deaf> {
  const listen = `const s=require("node:net").createServer().listen({port:0,host:"127.0.0.1",backlog:${BACKLOG}},()=>console.log(s.address().port))`;
  const child = spawn(process.execPath, ["-e", listen], { stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = await once(child.stdout, "data");
  const port = Number(String(printed));
  child.kill("SIGSTOP");
  const fillers: Socket[] = Array.from({ length: FILLING }, () => connect(port, "127.0.0.1"));
  // A filler that finds no room ends in a time-out that says nothing about what is tested.
  for (const filler of fillers) filler.on("error", () => {});
  await sleep(100);
  return {
    port,
    close: () => {
      for (const filler of fillers) filler.destroy();
      child.kill("SIGKILL");
    },
  };
}
