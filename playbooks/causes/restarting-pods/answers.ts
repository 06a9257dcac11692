import type { CauseDefinition } from "../../../src/playbook.ts";
import requestsPassedOn from "../../signals/requests-passed-on.ts";
import errors from "./errors.ts";

/** The same of what targets answer: an ingress controller passes on what the killed pods of others answered. */
const answers: CauseDefinition = { ...errors, table: "answers", elsewhere: requestsPassedOn };
export default answers;
