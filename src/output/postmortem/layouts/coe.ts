import type { Layout } from "./layout.ts";

/** AWS Cloud Operations Blog, "Creating a correction of errors document": its sections, in its order. */
export default {
  id: "coe",
  title: "the order of AWS's correction of errors (COE)",
  body: [
    { title: "Summary", pieces: ["status", "summary"] },
    { title: "Impact", pieces: ["impact"] },
    { title: "Timeline", pieces: ["timeline"] },
    { title: "Metrics", pieces: ["metrics"] },
    {
      title: "Incident Questions",
      pieces: [
        { heading: "Detection", parts: ["detection"] },
        { heading: "Diagnosis", parts: ["ruled-out", "open", "wrong", "well", "lucky"] },
        { heading: "Mitigation", parts: ["resolution", "verification"] },
      ],
    },
    { title: "5 Whys", pieces: ["trigger", "cause", "factors"] },
    { title: "Action Items", pieces: ["actions"] },
    { title: "Related Items", pieces: ["people"] },
  ],
  annex: "Annex",
} satisfies Layout;
