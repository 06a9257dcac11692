import { type Readable, Transform, type TransformCallback } from "node:stream";
import { Told } from "../failure.ts";

/** The stream, ending in an error as soon as it is longer than `bytes`: a body of 200 MB must not be held in memory. */
export function bounded(body: Readable, bytes: number, name: string): Readable {
  let length = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      length += chunk.length;
      if (length > bytes) done(tooLarge(bytes, name));
      else done(null, chunk);
    },
  });
  // Errors go both ways: a broken connection must reach the reader, and a reader that stops must close the connection.
  body.on("error", (error) => counting.destroy(error));
  body.on("aborted", () => counting.destroy(Object.assign(new Error("aborted"), { code: "ECONNRESET" })));
  counting.on("close", () => body.destroy());
  return body.pipe(counting);
}

function tooLarge(bytes: number, name: string): Told {
  return new Told(
    "malformed",
    `${name} answered with more than ${Math.round(bytes / 2 ** 20)} MB, and the rest was not read`,
  );
}
