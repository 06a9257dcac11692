import { defineSignal, no, plain, unclear, unknown, yes } from "../../src/playbook.ts";
import { connectionsFact } from "../evidence/connections/fact.ts";

/** Up to so many new connections a request, connections are kept and carry many requests each. */
export const KEPT = 0.1;
/** From here on hardly any is kept: each request may go elsewhere. */
export const NOT_KEPT = 0.5;

/** Are connections kept, so that requests follow them and not free capacity (000 top, causes 3)? */
export default defineSignal({
  id: "connections-kept",
  question: "Are there few new connections compared with requests?",
  needs: { connections: connectionsFact },
  uses: {},
  read({ connections: { made, requests } }) {
    const evidence = ["connections.new"];
    if (requests === 0) return unknown("needs requests", evidence);
    const each = made / requests;
    const figure = `${plain(Math.round(made))} new connections for ${plain(Math.round(requests))} requests`;
    if (each <= KEPT) return yes(`connections are kept: ${figure}`, evidence, each);
    return each >= NOT_KEPT ? no(figure, evidence, each) : unclear(figure, evidence, each);
  },
});
