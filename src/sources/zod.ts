import { en } from "zod/locales";
import * as z from "zod/mini";

/*
 * zod as the command line uses it: the same checks as the package's main entry, without the methods on every schema. That
 * loads a quarter of the code and makes a schema in a fraction of the time, and a start makes all of them. Its messages
 * are the English ones, which this entry leaves to be chosen. A schema is used a few times in a run: compiling it would
 * cost more than it saves.
 */
z.config({ ...en(), jitless: true });

export * from "zod/mini";
