import type { NodeFact } from "../../../model/facts.ts";
import type { Session } from "../../../model/session.ts";
import { plain } from "../../../model/words.ts";
import { type Block, evidence, type Line, type Section, sentence, table, text } from "../block.ts";
import { findingOf, serviceName } from "../known.ts";

/** The way of a request, who chooses at each hop, and what whoever chooses can and cannot see; then where the pods run. */
export function pathSection(session: Session): Section {
  const { topology, alarm, loadBalancer } = session.facts;
  const found = findingOf(session, "target-topology.targets");
  const blocks: Block[] = topology
    ? [
        {
          kind: "path",
          from: `clients of ${loadBalancer?.name ?? alarm?.name ?? serviceName(session)}`,
          hops: topology.path,
        },
        ...table(
          ["At", "Who picks what", "Sees", "Cannot see"],
          topology.path.map(({ at, picks, sees, blind }) => [[at], [picks], [sees], [blind]]),
        ),
        ...(found ? [text(sentence(found.statement), ...evidence([found.id]))] : []),
      ]
    : [text("Not known: the target group's settings and targets could not be read.")];
  return { id: "path", title: "The request's path", blocks: [...blocks, ...hosts(session)] };
}

/** The nodes by what they are: type, group, size, and how many pods of the service stand on them. */
function hosts(session: Session): Block[] {
  const groups = new Map<string, NodeFact[]>();
  for (const node of session.facts.nodes ?? []) {
    const alike = JSON.stringify([node.instanceType, node.group, node.allocatableCpu, node.allocatableMemory]);
    groups.set(alike, [...(groups.get(alike) ?? []), node]);
  }
  if (groups.size === 0) return [];
  return [
    text("The nodes that it runs on", ...evidence(["nodes.hosts"]), ":"),
    ...table(
      ["Nodes", "Instance type", "Node group", "Allocatable CPU", "Allocatable memory", "Pods of the service"],
      [...groups.values()].map(row),
    ),
  ];
}

function row(nodes: readonly NodeFact[]): Line[] {
  const [first] = nodes;
  const pods = nodes.reduce((all, one) => all + one.pods, 0);
  const memory = first?.allocatableMemory ?? null;
  return [
    [String(nodes.length)],
    [first?.instanceType ?? "not known"],
    [first?.group ?? "not known"],
    [typeof first?.allocatableCpu === "number" ? `${plain(first.allocatableCpu)} cores` : "not known"],
    [memory === null ? "not known" : `${plain(memory / 2 ** 30)} GiB`],
    [String(pods)],
  ];
}
