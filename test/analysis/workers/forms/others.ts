import { sh } from "../container.ts";
import { type Row, WEB, words } from "./row.ts";

export const ASGI: Row[] = [
  ["uvicorn --workers", { command: words("uvicorn app:app --port $(PORT) --workers 5"), env: { PORT: "80" } }, 5],
  ["uvicorn WEB_CONCURRENCY", { command: sh(`exec uvicorn app:app --port \${PORT}`), env: { [WEB]: "2" } }, 2],
  ["uvicorn, nothing", { command: words("uvicorn app:app") }, null, "UVICORN_WORKERS"],
  ["fastapi run", { command: words("fastapi run app.py --workers 3") }, 3],
  ["hypercorn -w", { command: words("hypercorn -w 3 app:app") }, 3],
  ["hypercorn, nothing: no place but its command line sets it", { command: words("hypercorn app:app") }, 1],
  [
    "hypercorn TOML",
    { command: words("hypercorn -c /etc/h.toml app:app"), files: { "/etc/h.toml": 'bind = ":80"\nworkers = 4\n' } },
    4,
  ],
  ["granian", { command: words("granian --interface asgi --workers 4 app:app") }, 4],
  ["granian, variable", { command: words("granian app:app"), env: { GRANIAN_WORKERS: "2" } }, 2],
];

export const UWSGI: Row[] = [
  ["uwsgi -p", { command: words("uwsgi --http :80 --master -p 4 --module app") }, 4],
  [
    "uwsgi ini",
    {
      command: words("uwsgi --ini /etc/u.ini"),
      files: { "/etc/u.ini": "[uwsgi]\nmaster = true\nprocesses = 6 ; six\n" },
    },
    6,
  ],
  [
    "uwsgi ini with a variable",
    { command: words("uwsgi /etc/u.ini"), files: { "/etc/u.ini": "[uwsgi]\nworkers = $(N)\n" }, env: { N: "3" } },
    3,
  ],
  [
    "uwsgi %k",
    { command: words("uwsgi /etc/u.ini"), files: { "/etc/u.ini": "[uwsgi]\nprocesses = %k\n" } },
    null,
    "%k",
  ],
  ["UWSGI_PROCESSES", { command: words("uwsgi --module app"), env: { UWSGI_PROCESSES: "4" } }, 4],
  [
    "uwsgi, two that differ",
    { command: words("uwsgi -p 2 --module app"), env: { UWSGI_PROCESSES: "4" } },
    null,
    "which counts",
  ],
];

export const RUBY: Row[] = [
  ["puma -w", { command: words("bundle exec puma -w 2 -t 5:5") }, 2],
  [
    "puma fetch",
    {
      command: words("bundle exec puma -C /etc/puma.rb"),
      files: { "/etc/puma.rb": 'threads 5, 5\nworkers ENV.fetch("WEB_CONCURRENCY") { 4 }\n' },
    },
    4,
  ],
  [
    "puma Integer(||)",
    {
      command: words("puma -C /etc/puma.rb"),
      files: { "/etc/puma.rb": "workers Integer(ENV['N'] || 2)\n" },
      env: { N: "3" },
    },
    3,
  ],
  ["puma without workers is one process", { command: words("puma -w 0") }, 1],
  [
    "puma, a file in the image",
    { command: words("bundle exec puma -C config/puma.rb"), env: { [WEB]: "2" } },
    null,
    "config/puma.rb",
  ],
  [
    "puma processors",
    { command: words("puma -C /etc/puma.rb"), files: { "/etc/puma.rb": "workers Etc.nprocessors\n" } },
    null,
    "nprocessors",
  ],
  ["rails server", { command: words("bin/rails server -b 0.0.0.0") }, null, "config/puma.rb"],
  [
    "unicorn",
    {
      command: words("bundle exec unicorn -c /etc/unicorn.rb"),
      files: { "/etc/unicorn.rb": "worker_processes 4\ntimeout 30\n" },
    },
    4,
  ],
  ["unicorn, a file in the image", { command: words("unicorn -c config/unicorn.rb") }, null, "config/unicorn.rb"],
];

export const OTHERS: Row[] = [
  ["waitress has one process", { command: words("waitress-serve --threads=8 app:app") }, 1],
  [
    "php-fpm",
    {
      command: [],
      image: "php:8.3-fpm",
      files: { "/usr/local/etc/php-fpm.d/www.conf": "[www]\npm = dynamic\npm.max_children = 12\n" },
    },
    12,
  ],
  ["php-fpm of the image", { command: ["php-fpm"] }, null, "pm.max_children"],
  ["pm2 -i", { command: words("pm2-runtime app.js -i 4") }, 4],
  ["pm2 -i max", { command: words("pm2-runtime start app.js -i max") }, null, "max"],
  ["pm2 -i 0", { command: words("pm2-runtime app.js -i 0") }, null, "one for each core"],
  [
    "pm2 ecosystem",
    {
      command: words("pm2-runtime /app/ecosystem.config.js"),
      files: { "/app/ecosystem.config.js": 'module.exports = { apps: [{\n  script: "a.js",\n  instances: 3,\n}] }\n' },
    },
    3,
  ],
  ["node", { command: words("node dist/server.js") }, null, "node:cluster"],
  ["java", { command: words("java -jar app.jar"), env: { [WEB]: "3" } }, null],
  ["celery is no web server", { command: words("celery -A app worker -c 8") }, null],
  ["the image's own command", { command: [], env: { [WEB]: "4" } }, null, "which the image sets"],
  ["two servers", { command: sh("uvicorn a:b & gunicorn -w 2 c:d") }, null, "which of uvicorn and gunicorn"],
];
