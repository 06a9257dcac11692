import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Unusable } from "../model/unusable.ts";
import { oneLine } from "../model/visible.ts";
import { packageFile } from "./package.ts";

/** A recorded incident that the package brings. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly alarm: string;
  /** The recording's folder. */
  readonly folder: string;
}

/** The one that is shown where none is named: the incident from which the tool comes. */
const FIRST = "worker-ceiling";

/** All of them, the main one first. */
export async function incidents(): Promise<Incident[]> {
  const place = packageFile("fixtures/");
  const entries = await readdir(place, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }): Promise<Incident[]> => {
        const folder = new URL(`${name}/`, place);
        // In a clone there are folders of recordings beside them.
        const manifest = await readFile(new URL("manifest.json", folder), "utf8").catch(() => null);
        if (manifest === null) return [];
        const { id, title, alarm } = JSON.parse(manifest);
        return [{ id, title, alarm, folder: fileURLToPath(folder) }];
      }),
  );
  return found.flat().sort((a, b) => Number(b.id === FIRST) - Number(a.id === FIRST) || (a.id < b.id ? -1 : 1));
}

/** The incident of that name; the main one without a name. Throws an Unusable that lists them. */
export async function incidentCalled(wanted: string | undefined): Promise<Incident> {
  const all = await incidents();
  const found = all.find(({ id }) => id === (wanted ?? FIRST));
  if (found) return found;
  const known = all.map(({ id }) => id).join(", ");
  throw new Unusable(`there is no recorded incident ${oneLine(wanted ?? FIRST)}; there are ${known}`);
}
