import { describe, expect, it } from "vitest";
import { solve } from "../../../simulator/solve.ts";
import { worldFor } from "../../../simulator/worlds.ts";
import { redacted } from "../../../src/redaction/document.ts";
import { session } from "../session.ts";
import { solved, written } from "./solved.ts";

const main = await solved("worker-ceiling");

describe("a redacted postmortem", () => {
  const all = [...written(redacted(main)), ...written(redacted(main), "html")];

  it("holds none of the incident's names, accounts and addresses, in no file", () => {
    const { facts, opening } = main;
    const names = [
      opening.alarmName,
      facts.loadBalancer?.name,
      ...(facts.targetGroups ?? []).map(({ name }) => name),
      facts.service?.name,
      facts.workload?.name,
      ...(facts.podCpu?.pods ?? []).map(({ pod }) => pod),
      ...(facts.nodes ?? []).flatMap(({ name, instanceId, ip }) => [name, instanceId, ip]),
      ...(facts.autoscaler?.orphaned ?? []).map(({ name }) => name),
      facts.alarm?.arn.split(":")[4],
    ].flatMap((name) => (name ? [name] : []));
    expect(names.length).toBeGreaterThan(25);
    for (const [path, text] of all) {
      const plain = text.replaceAll("\\", "");
      expect(
        names.filter((name) => plain.includes(name)),
        path,
      ).toEqual([]);
      expect(plain, path).not.toMatch(
        /\barn:aws:|\b\d{12}\b|\bi-[0-9a-f]{8,}|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|dataservice/,
      );
    }
  });

  it("holds none of the services behind an ingress controller", async () => {
    const behind = await solve(worldFor("behind-ingress-nginx-slow-backend", 3).scenario);
    const names = (behind.facts.behind ?? []).flatMap(({ service }) => service?.name ?? []);
    expect(names.length).toBeGreaterThan(2);
    const told = (session: typeof behind) => {
      const text = [...written(session).values()].join("\n");
      return names.filter((name) => text.includes(name));
    };
    expect(told(behind)).toEqual(names);
    expect(told(redacted(behind))).toEqual([]);
  });

  it("holds none of the controller in front of the service that is judged", async () => {
    const behind = await solve(worldFor("behind-backend-at-its-ceiling", 3).scenario);
    const { front, workload } = behind.facts;
    const names = [front, { workload }].flatMap((one) => [
      one?.workload?.name ?? "",
      one?.workload?.namespace ?? "",
      ...(one?.workload?.pods ?? []).map(({ name }) => name),
    ]);
    expect(front?.workload.name).not.toBe(workload?.name);
    expect(front?.workload.pods.length).toBeGreaterThan(0);
    const told = (session: typeof behind) => {
      const text = [...written(session).values()].join("\n").replaceAll("\\", "");
      return names.filter((name) => text.includes(name));
    };
    expect(told(behind).length).toBeGreaterThan(4);
    expect(told(redacted(behind))).toEqual([]);
  });

  it("holds none of a thousand names, nor one that is longer than any", () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `target.number-${index}.of-many`);
    const long = "n".repeat(20_000);
    const topology = { ...main.facts.topology, targets: [...many, long].map((id) => ({ id })) };
    const told = { ...main.findings[0], statement: `${many.join(" ")} ${long} number-7` };
    const hidden = redacted({
      ...main,
      facts: { ...main.facts, topology },
      findings: [told],
    } as unknown as typeof main);
    const { statement = "" } = hidden.findings[0] ?? {};
    expect(statement).not.toMatch(/number-\d+\.of|nnn/);
    expect(new Set(statement.split(" ")).size).toBe(3_002);
    expect(statement).toMatch(/ number-7$/);
  });

  it("takes a name for itself, and not for a part of another's token", () => {
    const workload = { ...main.facts.workload, name: "pod", namespace: "node" };
    const told = { ...main.findings[0], statement: `pod in node: ${main.facts.podCpu?.pods[0]?.pod}` };
    const facts = { ...main.facts, workload, service: { ...main.facts.service, name: "pod", namespace: "node" } };
    const hidden = redacted({ ...main, facts, findings: [told] } as typeof main);
    expect(hidden.findings[0]?.statement).toMatch(/^workload-\d+ in namespace-\d+: pod-\d+$/);
  });

  it("can still be reasoned about: one thing has one token, and figures and verdict stay", () => {
    const hidden = redacted(main);
    const [group] = hidden.facts.blame?.groups ?? [];
    expect(hidden.facts.targetGroups?.some(({ name }) => name === group?.name)).toBe(true);
    expect(new Set(hidden.facts.podCpu?.pods.map(({ pod }) => pod)).size).toBe(main.facts.podCpu?.pods.length);
    expect(hidden.verdict?.rootCause).toBe(main.verdict?.rootCause);
    expect(hidden.facts.demand).toEqual(main.facts.demand);
    expect(hidden.exchanges).toHaveLength(main.exchanges.length);
  });

  it("hides hosts, accounts, instances and addresses in what people wrote, and keeps public names", () => {
    const user = [
      {
        at: "2026-06-26T13:05:00Z",
        type: "noted",
        finding: "pod-cpu.evenness",
        text: "ask ann@shop.example.com, see grafana.shop.internal in 111122223333, i-0123456789abcdef0 and 203.0.113.7, label topology.kubernetes.io/zone",
      },
    ] as const;
    const [noted] = redacted(session({ user })).user ?? [];
    expect(noted && "text" in noted ? noted.text : "").toBe(
      "ask mail-1, see host-1 in account-1, instance-1 and address-1, label topology.kubernetes.io/zone",
    );
  });

  it("keeps day and hash of the session's id, and hides the name between", () => {
    const { opening } = session();
    const id = "2026-06-26-secret-service-0123abcd";
    expect(redacted(session({ opening: { ...opening, id } })).opening.id).toBe("2026-06-26-0123abcd");
  });
});
