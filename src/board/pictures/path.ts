import type { Hop } from "../../model/facts.ts";
import type { Session } from "../../model/session.ts";
import { EMPTY, type Line, labelled, line, span, wrapped } from "../text.ts";
import { absent } from "./absent.ts";

/** How a request gets from the load balancer to a process, and what each who picks can and cannot see. */
export function pathPicture(session: Session, width: number): Line[] {
  const { topology, service } = session.facts;
  if (!topology) return absent(session, "the path of a request");
  const end: Line[] = wrapped(
    service ? `one worker of ${service.namespace}/${service.name}` : "one worker of the service",
    width - 2,
    "strong",
    "",
  );
  return [
    ...topology.path.flatMap((hop, index) => [...(index === 0 ? [] : [line("▼", "dim")]), ...hopLines(hop, width)]),
    line("▼", "dim"),
    ...end,
  ];
}

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
