import { definePicture, EMPTY, type Line, labelled, line, span, wrapped } from "../../../src/picture.ts";
import type { Hop } from "../../../src/playbook.ts";
import { serviceFact } from "../service/fact.ts";
import { topologyFact } from "./fact.ts";

/** How a request gets from the load balancer to a process, and what each who picks can and cannot see. */
export default definePicture({
  evidence: "target-topology",
  title: "the path of a request",
  about: "hop by hop, and what each can see",
  aside: true,
  needs: { topology: topologyFact },
  uses: { service: serviceFact },
  draw({ topology, service }, width) {
    const end = service ? `one worker of ${service.namespace}/${service.name}` : "one worker of the service";
    return [
      ...topology.path.flatMap((hop, index) => [...(index === 0 ? [] : [line("▼", "dim")]), ...hopLines(hop, width)]),
      line("▼", "dim"),
      ...wrapped(end, width - 2, "strong"),
    ];
  },
});

function hopLines({ at, picks, sees, blind }: Hop, width: number): Line[] {
  const stem = span("│ ", "dim");
  const room = width - 2;
  const rows: [string, string, "plain" | "dim" | "warn"][] = [
    ["chooses     ", picks, "plain"],
    ["sees        ", sees, "dim"],
    ["cannot see  ", blind, "warn"],
  ];
  return [
    line(at.toUpperCase(), "strong"),
    ...rows.flatMap(([label, text, tone]) =>
      text === "" ? [EMPTY] : labelled(span(label, "dim"), text, room, tone).map((one): Line => [stem, ...one]),
    ),
  ];
}
