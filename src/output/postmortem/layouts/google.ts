import type { Layout } from "./layout.ts";

/** Site Reliability Engineering (Google, 2016), appendix D, "Example Postmortem". */
export default {
  id: "google",
  title: "the order of Google's SRE book",
  body: [
    { title: "Status", pieces: ["status"] },
    { title: "Summary", pieces: ["summary"] },
    { title: "Impact", pieces: ["impact", "metrics"] },
    { title: "Root Causes", pieces: ["cause", "factors", { heading: "Ruled out", parts: ["ruled-out", "open"] }] },
    { title: "Trigger", pieces: ["trigger"] },
    { title: "Resolution", pieces: ["resolution", "verification"] },
    { title: "Detection", pieces: ["detection"] },
    { title: "Action Items", pieces: ["actions"] },
    {
      title: "Lessons Learned",
      pieces: [
        { heading: "What went well", parts: ["well"] },
        { heading: "What went wrong", parts: ["wrong", "people"] },
        { heading: "Where we got lucky", parts: ["lucky"] },
      ],
    },
    { title: "Timeline", pieces: ["timeline"] },
  ],
  annex: "Supporting information",
} satisfies Layout;
