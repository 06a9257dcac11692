import type { ContainerFact } from "../../model/facts.ts";
import { programName } from "./invocation.ts";
import { PROXIES } from "./programs.ts";
import { traced } from "./traced.ts";

/**
 * Whether a container only passes requests on, by its command or, where the image says what to start, by the image's own
 * name ("docker.io/library/nginx:1.27"). A name that merely contains it ("nginx-php") proves nothing.
 */
export function isProxy({ command, args = [], image }: Pick<ContainerFact, "command" | "args" | "image">): boolean {
  const own = command.slice(0, command.length - args.length);
  const started = own[0] === undefined ? null : programName(traced(own[0], null));
  if (started !== null) return PROXIES.test(started);
  const name =
    image
      ?.replace(/@.*$/, "")
      .replace(/:[^/:]*$/, "")
      .replace(/^.*\//, "") ?? "";
  return PROXIES.test(name.replace(/-unprivileged$/, ""));
}
