import type { Reader } from "../settings.ts";
import { daphne, granian, hypercorn, uvicorn, waitress } from "./asgi.ts";
import { gunicorn } from "./gunicorn.ts";
import { node, pm2 } from "./node.ts";
import { phpFpm } from "./php-fpm.ts";
import { puma, unicorn } from "./ruby.ts";
import { uwsgi } from "./uwsgi.ts";

/** How each server's settings are read. */
export const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["gunicorn", gunicorn],
  ["uvicorn", uvicorn],
  ["hypercorn", hypercorn],
  ["granian", granian],
  ["daphne", daphne],
  ["waitress", waitress],
  ["uwsgi", uwsgi],
  ["puma", puma],
  ["unicorn", unicorn],
  ["php-fpm", phpFpm],
  ["pm2", pm2],
  ["node", node],
]);
