import { fact, type ReadLog } from "../../../src/playbook.ts";

export const requestLogFact = fact<ReadLog>("request-log", "the access log");
export const connectionLogFact = fact<ReadLog>("connection-log", "the connection log");
export const checkLogFact = fact<ReadLog>("check-log", "the health-check log");
