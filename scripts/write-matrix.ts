/**
 * `npm run matrix`: writes playbooks/MATRIX.md, the differential diagnosis of every playbook as it follows from the
 * tables of its causes.
 */
import { writeFileSync } from "node:fs";
import { playbooks } from "../playbooks/index.ts";
import { matrixPage } from "../src/app/matrix.ts";

writeFileSync(new URL("../playbooks/MATRIX.md", import.meta.url), matrixPage(playbooks));
