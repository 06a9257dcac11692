/**
 * A pod's application on Node, with one event loop: GET /?cpu=<seconds>&hold=<seconds>, both in model time. It works for
 * `cpu` seconds of one model core while it blocks the loop, and holds the answer back for `hold` seconds without.
 *
 * One model core is a small share of a real one: at work it burns a millisecond, then rests, still blocking the loop.
 */
import { createServer } from "node:http";

const { TUNNEL_TIME, TUNNEL_CORE, TUNNEL_POD, TUNNEL_BIND, TUNNEL_KEEP_ALIVE } = process.env;
const time = Number(TUNNEL_TIME);
const core = Number(TUNNEL_CORE);
const [host, port] = TUNNEL_BIND.split(":");
const BURN = 0.001;
// A loop that woke late may catch up on so much; a core that was taken away for longer is lost.
const LATE = 0.02;
const cell = new Int32Array(new SharedArrayBuffer(4));
let mark = null;

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const rest = (seconds) => seconds > 0 && Atomics.wait(cell, 0, 0, seconds * 1000);

function work(seconds) {
  const need = (seconds * core) / time;
  let used = mark === null ? 0 : Math.min(cpu() - mark, need);
  let due = performance.now() / 1000 + used / core;
  rest(due - performance.now() / 1000);
  while (used < need) {
    const begun = cpu();
    const part = Math.min(BURN, need - used);
    while (cpu() - begun < part);
    used += cpu() - begun;
    due = Math.max(due, performance.now() / 1000 - LATE) + part / core;
    rest(due - performance.now() / 1000);
  }
  mark = cpu();
}

const server = createServer((request, response) => {
  const query = new URL(request.url, "http://pod").searchParams;
  work(Number(query.get("cpu") ?? 0));
  const hold = Number(query.get("hold") ?? 0);
  const { remoteAddress, remotePort } = request.socket;
  const answer = () =>
    response
      .writeHead(200, { "X-Pod": TUNNEL_POD, "X-Peer": `${remoteAddress}:${remotePort}`, "Content-Length": 3 })
      .end("ok\n");
  if (hold > 0) setTimeout(answer, (hold / time) * 1000);
  else answer();
});
server.keepAliveTimeout = (Number(TUNNEL_KEEP_ALIVE) / time) * 1000;
server.listen(Number(port), host);
process.on("SIGTERM", () => process.exit(0));
