import type { Session } from "../model/session.ts";
import type { FactToken, Tokens, Values } from "../model/token.ts";

/** The first of these facts that the session does not hold. */
export function missingFrom({ facts }: Session, tokens: Tokens): FactToken | undefined {
  return Object.values(tokens).find(({ id }) => valueIn(facts, id) === undefined);
}

/** The facts that the session holds, under their tokens' names. */
export function gathered<Needs extends Tokens, Uses extends Tokens>(
  { facts }: Session,
  needs: Needs,
  uses: Uses,
): Values<Needs> & Partial<Values<Uses>> {
  const known = Object.entries({ ...needs, ...uses }).flatMap(([name, { id }]) => {
    const value = valueIn(facts, id);
    return value === undefined ? [] : [[name, value] as const];
  });
  // A token's type is that of its fact; see FactToken.
  return Object.fromEntries(known) as Values<Needs> & Partial<Values<Uses>>;
}

function valueIn(facts: Session["facts"], id: string): unknown {
  return Object.hasOwn(facts, id) ? facts[id as keyof typeof facts] : undefined;
}
