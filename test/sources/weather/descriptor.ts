import type { Question } from "../../../src/model/question.ts";
import { strictMask } from "../../../src/redaction/rules.ts";
import { mayAsk, type SourceDescriptor } from "../../../src/sources/descriptor.ts";

export const READ: Question = { source: "weather", operation: "ReadRain", input: { place: "here" } };

/** A source that there is not, as its folder would describe it. */
export const WEATHER: SourceDescriptor = {
  id: "weather",
  title: "the weather service",
  place: "the sky",
  price: { unit: "looks at the sky", usd: 0.05 },
  isAws: false,
  operations: ["ReadRain"],
  kinds: () => [READ],
  permissions: () => [
    { kind: "iam", action: "weather:ReadRain" },
    { kind: "rbac", group: "sky", resource: "clouds", verbs: ["get"] },
  ],
  roles: [{ name: "lbdoctor-weather", comment: "Reads clouds.", operations: ["ReadRain"] }],
  command: ({ input }) => `weather read-rain ${String(input.place)}`,
  mask: strictMask,
  describe: ({ input }) => `rain ${String(input.place)}`,
  placeholder: () => ({ rain: "<rain>" }),
  remedies: { unreachable: "look out of the window", unauthenticated: "show your face" },
  checks: [
    mayAsk(
      "may read rain",
      () => READ,
      ({ message }) => ({ state: "note", says: message }),
    ),
  ],
  open: async ({ aws }) => ({
    async ask() {
      aws.tally.count("weather");
      aws.tally.bill("weather", 2);
      return { status: "answered", pages: [{ rain: "3 workers hunter" }] };
    },
  }),
};
