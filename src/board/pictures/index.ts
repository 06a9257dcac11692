import type { Session } from "../../model/session.ts";
import type { Line } from "../text.ts";
import { alarmPicture } from "./alarm.ts";
import { ceilingPicture } from "./ceiling.ts";
import { pathPicture } from "./path.ts";
import { podsPicture } from "./pods.ts";
import { sharesPicture } from "./shares.ts";

/** A picture of the evidence; it stands beside the findings of its step. */
export interface Picture {
  readonly id: string;
  readonly title: string;
  /** What one sees in it, in the same line. */
  readonly about: string;
  /** The step whose findings it shows. */
  readonly step: string;
  readonly draw: (session: Session, width: number) => Line[];
}

/** In the order of the chain; the number keys open them in this order. */
export const PICTURES: readonly Picture[] = [
  {
    id: "alarm",
    title: "the alarm's metric",
    about: "against its threshold, with the episodes",
    step: "alarm-history",
    draw: alarmPicture,
  },
  {
    id: "shares",
    title: "the target groups",
    about: "each one's share of the excess latency",
    step: "target-groups",
    draw: sharesPicture,
  },
  {
    id: "path",
    title: "the path of a request",
    about: "hop by hop, and what each can see",
    step: "target-topology",
    draw: pathPicture,
  },
  {
    id: "pods",
    title: "the pods' CPU",
    about: "equally busy, or one hot while others idle",
    step: "pod-cpu",
    draw: podsPicture,
  },
  {
    id: "ceiling",
    title: "ceiling and demand",
    about: "requests in flight against workers",
    step: "worker-quota",
    draw: ceilingPicture,
  },
];

export function pictureOf(step: string): Picture | undefined {
  return PICTURES.find((picture) => picture.step === step);
}
