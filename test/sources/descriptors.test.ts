import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { SOURCES } from "../../src/sources/descriptors.ts";

test("every folder with a descriptor is in the list under its own name, and nothing else is", () => {
  const folders = readdirSync("src/sources").filter((name) => existsSync(`src/sources/${name}/descriptor.ts`));
  expect(SOURCES.map(({ id }) => id).sort()).toEqual(folders.sort());
});

test.each(SOURCES)("every kind of question of $id is one of its operations, and is granted", (source) => {
  const granting = source.roles.flatMap(({ operations }) => operations);
  for (const question of source.kinds()) {
    expect(question.source).toBe(source.id);
    expect(source.operations).toContain(question.operation);
    const permissions = source.permissions(question);
    expect(permissions.length).toBeGreaterThan(0);
    // An IAM action is in the one policy; a rule of the cluster needs a role that ships it.
    if (permissions.some(({ kind }) => kind === "rbac")) expect(granting).toContain(question.operation);
  }
});
