import type { Layout } from "./layout.ts";

/** The default: what happened to whom first, then why, then what follows from it. */
export default {
  id: "default",
  title: "lbdoctor's own order",
  body: [
    { title: "Status", pieces: ["status"] },
    { title: "Summary", pieces: ["summary"] },
    { title: "Customer impact", pieces: ["impact", "metrics"] },
    { title: "Detection", pieces: ["detection"] },
    { title: "Trigger", pieces: ["trigger"] },
    { title: "Root cause", pieces: ["cause"] },
    { title: "Contributing factors", pieces: ["factors"] },
    { title: "Ruled out", pieces: ["ruled-out"] },
    { title: "Open questions", pieces: ["open"] },
    { title: "Resolution", pieces: ["resolution", "verification"] },
    {
      title: "Lessons learned",
      pieces: [
        { heading: "What went well", parts: ["well"] },
        { heading: "What went wrong", parts: ["wrong"] },
        { heading: "Where we were lucky", parts: ["lucky"] },
      ],
    },
    { title: "Timeline", pieces: ["timeline"] },
    { title: "Action items", pieces: ["actions"] },
    { title: "For the team to complete", pieces: ["people"] },
  ],
  annex: "Annex",
} satisfies Layout;
