import type { Decision } from "../../../src/playbook.ts";
import { PASSED_ON } from "../of-one-service.decisions.ts";
import errors from "./errors.decisions.ts";

const asErrors: readonly Decision[] = errors;
export default [...asErrors, ...PASSED_ON];
