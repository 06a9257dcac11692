import { defineSignal, no, unclear, unknown, yes } from "../../src/playbook.ts";
import { alarmFact } from "../evidence/alarm/fact.ts";
import { episodesFact, judgedFact } from "../evidence/alarm-history/fact.ts";
import { changesFact } from "../evidence/changes/fact.ts";
import { proxyProtocolFact } from "../evidence/proxy-protocol/fact.ts";
import { begunWith } from "./trouble-since-change.ts";

/** The attribute of a target group (Network Load Balancer User Guide, "Target group attributes"). */
const PROXY = /^proxy_protocol_v2\.enabled$/;

/**
 * Does one side speak PROXY protocol and the other not (001 part 4)? A server that does not know the header takes it for
 * the request, and one that waits for it closes without. A default and an annotation are no reading of what the server does;
 * trouble that began when the load balancer's side was changed, and not the server's, is.
 */
export default defineSignal({
  id: "proxy-protocol-differs",
  question: "Does only one side speak PROXY protocol?",
  needs: { sides: proxyProtocolFact },
  uses: { alarm: alarmFact, changed: changesFact, episodes: episodesFact, judged: judgedFact },
  read({ sides: { sends, asked, server }, alarm, changed, episodes, judged }) {
    const evidence = ["proxy-protocol.sides"];
    if (sends === null) return unknown("needs the target group's proxy_protocol_v2.enabled", evidence);
    const here = `the load balancer ${sends ? "sends" : "does not send"} the header`;
    if (server) {
      const there = `the server ${server.expects ? "expects it" : "does not"} (${server.detail})`;
      const figure = `${here}, ${there}`;
      if (server.isDefault) return sends === server.expects ? unknown(figure, evidence) : unclear(figure, evidence);
      return sends === server.expects ? no(figure, evidence) : yes(figure, evidence);
    }
    const made = begunWith({ alarm, changed, episodes, judged }, ({ settings }) =>
      settings.some(({ name }) => PROXY.test(name)),
    );
    if (made) return yes(`${here}; ${made.statement}`, [...evidence, ...made.evidence]);
    if (asked === null || asked === sends) return unknown(`${here}; what the server expects was not read`, evidence);
    return unclear(`${here}, and the Service's annotation ${asked ? "asks for it" : "does not ask for it"}`, evidence);
  },
});
