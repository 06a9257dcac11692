import { certificatesFact } from "../certificates/fact.ts";
import { changesBeside } from "./step.ts";

/** Those around trouble with TLS: of a load balancer's listeners and their certificates. */
export default changesBeside([certificatesFact]);
