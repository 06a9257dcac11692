import type { Layout } from "./layout.ts";

/** PagerDuty's incident response documentation, "Postmortem Template" (docs/after/post_mortem_template.md). */
export default {
  id: "pagerduty",
  title: "PagerDuty's postmortem template",
  body: [
    { title: "Postmortem Owner", pieces: ["status"] },
    { title: "Overview", pieces: ["summary"] },
    { title: "What Happened", pieces: ["cause", "trigger", "detection"] },
    { title: "Contributing Factors", pieces: ["factors", { heading: "Ruled out", parts: ["ruled-out", "open"] }] },
    { title: "Resolution", pieces: ["resolution", "verification"] },
    { title: "Impact", pieces: ["impact", "metrics"] },
    {
      title: "Responders",
      pieces: [{ heading: "Who was there", todo: "incident commander, scribe, and who else was involved." }],
    },
    { title: "Timeline", pieces: ["timeline"] },
    {
      title: "How'd We Do?",
      pieces: [
        { heading: "What Went Well?", parts: ["well", "lucky"] },
        { heading: "What Didn't Go So Well?", parts: ["wrong", "people"] },
      ],
    },
    { title: "Action Items", pieces: ["actions"] },
    {
      title: "Messaging",
      pieces: [
        { heading: "Internal Email", todo: "a paragraph for everyone in the company, with a link to this document." },
        {
          heading: "External Message",
          todo: "what to tell customers: what happened, and what is being done about it.",
        },
      ],
    },
  ],
  annex: "Annex",
} satisfies Layout;
