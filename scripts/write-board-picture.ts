/* `npm run readme`: writes the picture of the board that the README shows, docs/board.svg. */
import { writeFileSync } from "node:fs";
import { boardPicture } from "./board-picture.ts";

writeFileSync("docs/board.svg", await boardPicture());
