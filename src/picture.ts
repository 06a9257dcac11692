/** What the pictures of the playbooks import: `picture.ts` beside the evidence that it shows, and nothing else. */
import type { Picture } from "./drawing/picture.ts";
import type { Tokens } from "./model/token.ts";

export * from "./drawing/lines.ts";
export type { Picture } from "./drawing/picture.ts";
export * from "./drawing/scale.ts";

/** A picture, checked against the facts that it names. The cast forgets which facts those are; see defineStep. */
export function definePicture<N extends Tokens, U extends Tokens>(picture: Picture<N, U>): Picture {
  return picture as unknown as Picture;
}
