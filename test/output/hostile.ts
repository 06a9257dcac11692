import type { Session } from "../../src/model/session.ts";
import { UNSEEN } from "../obeyed.ts";
import { everyString } from "./every-string.ts";

/** Text that would break out of markdown, HTML, Mermaid, SVG or a table, or mention and link, if it were let. */
export const PAYLOADS = [
  "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
  "a | b | c\n\n# taken over\n\n- list",
  "```\nout of the fence\n~~~",
  "[click](javascript:alert(1)) ![x](https://evil.example/p.png) <https://evil.example> https://evil.example www.evil.example",
  '"]; click hop0 href "javascript:alert(1)"; %%{init: {"securityLevel":"loose"}}%%',
  "<!-- lbdoctor wrote this file; seal 0 --> ]]> --> <svg onload=alert(1)>",
  "@everyone **bold** _em_ `code` $x^2$ ~~gone~~ &lt;b&gt; \\",
  "` <img src=x onerror=alert(1)> [x](https://evil.example) `` ```",
  "\u001b[31mred\u202egnp.exe\u0000 \ufffe",
  `pay${UNSEEN}pal @ch${UNSEEN}annel`,
  "@channel @here @all <!channel> <!here|here> <@U012AB3CD> <#C012> team/@infra #12 shop/web#34 !56 GH-7 @`x",
] as const;

/** A session in which every text from outside is hostile. Ids, states and the like stay: they are lbdoctor's own. */
export function hostile(clean: Session, payload: string): Session {
  const own = new Set([
    "id",
    "step",
    "status",
    "state",
    "kind",
    "source",
    "cause",
    "factor",
    "rootCause",
    "confidence",
    "evidence",
    "outcome",
    "now",
    "at",
    "type",
    "finding",
    "comparison",
    "from",
    "to",
    "operation",
    "key",
    "playbook",
    "verdict",
    "targetType",
    "appliedBy",
    "arn",
  ]);
  return everyString(clean, (text, key) => (own.has(key) || text === "" ? text : `${text} ${payload}`));
}
