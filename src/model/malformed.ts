/**
 * A parser's way to say that it cannot read an answer; its message names the place. Any other error that a parser throws
 * is a defect of lbdoctor and not of the answer.
 */
export class Malformed extends Error {
  override readonly name = "Malformed";
}
