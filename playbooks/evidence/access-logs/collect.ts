import { defineStep, logGroup } from "../../../src/playbook.ts";
import { alarmFact } from "../alarm/fact.ts";
import { episodesFact } from "../alarm-history/fact.ts";
import { suspectFact } from "../target-groups/fact.ts";
import { checkLogFact, connectionLogFact, requestLogFact } from "./fact.ts";
import { readLog } from "./read.ts";
import {
  checkWords,
  clientWords,
  connectionWords,
  madeWords,
  pathWords,
  readWords,
  sizeWords,
  targetWords,
  workWords,
} from "./words.ts";

/** Which requests, connections and checks it were: what the load balancer's own logs tell of the episodes. */
export default defineStep({
  id: "access-logs",
  title: "access logs",
  needs: { alarm: alarmFact },
  uses: [episodesFact, suspectFact],
  gives: [requestLogFact, connectionLogFact, checkLogFact],
  async run({ facts: { alarm }, logsGiven, ask, use, give, find, lack }) {
    const episodes = await use(episodesFact);
    // Logs of other load balancers have other fields, and tell no requests.
    const isApplication = alarm.dimensions.LoadBalancer?.startsWith("app/");
    if (!isApplication || !episodes || episodes.episodes.length === 0) return;
    const reader = { alarm, episodes, logsGiven, ask };
    const [requests, connections, checks] = await Promise.all([
      readLog("requests", reader),
      readLog("connections", reader),
      readLog("checks", reader),
    ]);
    if ("lack" in requests) {
      if (requests.lack) lack(requests.lack);
    } else {
      const { log } = requests;
      const proof = [requests.proof];
      give(requestLogFact, log);
      find({ id: "read", ...readWords(log), proof });
      const suspect = await use(suspectFact);
      const group = suspect?.group ? logGroup(suspect.group.arn) : undefined;
      const found = {
        paths: pathWords(log, group),
        targets: targetWords(log, group),
        work: workWords(log, group),
        clients: clientWords(log, group),
        sizes: sizeWords(log, group),
        made: madeWords(log),
      };
      for (const [id, words] of Object.entries(found)) if (words) find({ id, ...words, proof });
    }
    // These two are on hardly anywhere; that they are off is told where it is theirs to decide.
    if ("log" in connections) {
      give(connectionLogFact, connections.log);
      find({ id: "connections", ...connectionWords(connections.log), proof: [connections.proof] });
    }
    if ("log" in checks) {
      give(checkLogFact, checks.log);
      find({ id: "checks", ...checkWords(checks.log), proof: [checks.proof] });
    } else if (checks.lack && /HostCount$/.test(alarm.metric)) lack(checks.lack);
  },
});
