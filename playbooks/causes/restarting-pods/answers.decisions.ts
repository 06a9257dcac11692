import type { Decision } from "../../../src/playbook.ts";
import { PASSED_ON } from "../of-one-service.decisions.ts";
import errors from "./errors.decisions.ts";

export default [...errors, ...PASSED_ON] satisfies readonly Decision[];
