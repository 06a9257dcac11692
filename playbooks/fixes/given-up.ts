import type { Facts } from "../../src/playbook.ts";
import { type GivenUp, givenUpFact } from "../evidence/given-up/fact.ts";
import clientsGiveUp from "../signals/clients-give-up.ts";

/** What a fix with a forecast uses besides, to say where the recorded load is not what clients want. */
export const GIVEN_UP_USED = { givenUp: givenUpFact };

/**
 * What a fix's arithmetic says where clients give up: whoever sends again is in the recorded load twice, and with other
 * answers would not be.
 */
export function givenUpLines({ givenUp, episodes }: Partial<Facts> & { readonly givenUp?: GivenUp }): string[] {
  const reading = givenUp && episodes ? clientsGiveUp.read({ givenUp, episodes }) : null;
  return reading?.answer === "yes" || reading?.answer === "unclear"
    ? [
        `the forecast does not hold as it stands: ${reading.statement}, and their retries are part of the recorded load. With faster answers there would be fewer, and as soon as the service is slow again they would be back; count them in the access log (status 460) before relying on the forecast`,
      ]
    : [];
}
