import type { Form } from "../container.ts";

/** What a container shows, the workers that follow from it (null: not known), and what then was not read. */
export type Row = readonly [title: string, form: Form, workers: number | null, unread?: string];

const optional = false;
export const words = (line: string): string[] => line.split(" ");
export const fromMap = [{ kind: "ConfigMap", name: "app-env", prefix: "", optional }] as const;
export const fromSecret = [{ kind: "Secret", name: "app-secrets", prefix: "", optional }] as const;
export const WEB = "WEB_CONCURRENCY";
