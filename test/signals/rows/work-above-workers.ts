import { demand } from "../pods.ts";
import type { Row } from "../row.ts";

const work = (workers: number) => demand([{ demand: workers }], { ceiling: 10 });

export default [
  ["work for 10.2 of 10 workers", work(10.2), "yes"],
  ["work for 9.8 of 10 workers", work(9.8), "unclear"],
  ["work for 7.2 of 10 workers", work(7.2), "unclear"],
  ["work for 6.8 of 10 workers", work(6.8), "no"],
  ["work for 6.8, of a part of the requests", demand([{ demand: 6.8 }], { ceiling: 10, part: true }), "unclear"],
  ["the workers are not known", demand([{ demand: 9 }], { ceiling: null }), "unknown"],
  ["no episode has figures", demand(), "unknown"],
] satisfies readonly Row[];
