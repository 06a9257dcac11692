/* Public ways of setting workers, threads or timeouts (the documentation of each server), among words that must go. */

export interface Setting {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: { readonly [name: string]: string };
  readonly files?: { readonly [name: string]: string };
  readonly reads: readonly string[];
}
const line = (text: string, ...reads: string[]): Setting => ({ command: text.split(" "), reads });
const shell = (text: string, ...reads: string[]): Setting => ({ command: ["sh", "-c", text], reads });
const file = (name: string, text: string, ...reads: string[]): Setting => ({
  command: ["run"],
  files: { [name]: text },
  reads: [name, ...reads],
});

export const SETTINGS: readonly Setting[] = [
  line(
    "gunicorn --workers 4 --threads 2 --worker-class gthread shop.wsgi:app",
    "gunicorn --workers 4 --threads 2 --worker-class gthread",
  ),
  line(
    "gunicorn --workers=4 -k uvicorn.workers.UvicornWorker shop:app",
    "--workers=4",
    "-k uvicorn.workers.UvicornWorker",
  ),
  line("gunicorn -w 4 -b 0.0.0.0:8000 -t 120 shop:app", "-w 4 -b 0.0.0.0:8000 -t 120"),
  line(
    "gunicorn -w4 -b :8000 --keep-alive 75 --graceful-timeout 30 shop:app",
    "-w4 -b :8000 --keep-alive 75 --graceful-timeout 30",
  ),
  line(
    "/srv/shop/.venv/bin/gunicorn -c /etc/gunicorn/gunicorn.conf.py shop:app",
    "/gunicorn -c /etc/gunicorn/gunicorn.conf.py",
  ),
  line(
    "python -m gunicorn --worker-connections 1000 --worker-class=gevent shop:app",
    "python -m gunicorn --worker-connections 1000 --worker-class=gevent",
  ),
  line(
    "uvicorn shop.main:app --workers 2 --timeout-keep-alive 5 --limit-concurrency 40",
    "uvicorn",
    "--workers 2 --timeout-keep-alive 5 --limit-concurrency 40",
  ),
  line(
    "python3 -m uvicorn shop:app --host 0.0.0.0 --port 8000 --loop uvloop",
    "python3 -m uvicorn",
    "--host 0.0.0.0 --port 8000 --loop uvloop",
  ),
  line(
    "hypercorn shop:app --workers 3 --keep-alive 5 --bind 0.0.0.0:80",
    "hypercorn",
    "--workers 3 --keep-alive 5 --bind 0.0.0.0:80",
  ),
  line(
    "granian --interface asgi --workers 2 --blocking-threads 4 shop:app",
    "granian --interface asgi --workers 2 --blocking-threads 4",
  ),
  line("daphne -b 0.0.0.0 -p 8001 shop.asgi:application", "daphne -b 0.0.0.0 -p 8001"),
  line("waitress-serve --port=8080 --threads=8 shop:app", "waitress-serve --port=8080 --threads=8"),
  line(
    "uwsgi --http :8000 --master --processes 4 --threads 2 --module shop.wsgi",
    "uwsgi --http :8000 --master --processes 4 --threads 2",
  ),
  line("uwsgi --ini /etc/uwsgi/uwsgi.ini -p 4 --harakiri 60", "uwsgi --ini /etc/uwsgi/uwsgi.ini -p 4 --harakiri 60"),
  line(
    "bundle exec puma -w 2 -t 5:5 -b tcp://0.0.0.0:9292 -C config/puma.rb",
    "bundle exec puma -w 2 -t 5:5 -b tcp://0.0.0.0:9292 -C config/puma.rb",
  ),
  line("bundle exec unicorn -c config/unicorn.rb -E production", "bundle exec unicorn -c config/unicorn.rb -E"),
  line("pm2-runtime start shop.js -i 4", "pm2-runtime start", "-i 4"),
  line("node --max-old-space-size=512 dist/shop.js", "node --max-old-space-size=512"),
  line(
    "java -XX:ActiveProcessorCount=2 -Dserver.tomcat.threads.max=50 -jar shop.jar",
    "java -XX:ActiveProcessorCount=2 -Dserver.tomcat.threads.max=50 -jar",
  ),
  line("celery -A shop worker --concurrency=4", "celery -A", "worker --concurrency=4"),
  shell(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: these are a shell's own.
    "exec gunicorn -w ${WEB_CONCURRENCY:-4} --threads ${SHOP_THREADS} shop:app",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: these are a shell's own.
    "exec gunicorn -w ${WEB_CONCURRENCY:-4} --threads ${SHOP_THREADS}",
  ),
  shell("gunicorn -w $(( 2 * $(nproc) + 1 )) shop:app", "gunicorn -w $(( 2 * $(nproc) + 1 ))"),
  shell("SHOP_W=3 && exec gunicorn --workers=$SHOP_W shop:app", "SHOP_W=3", "exec gunicorn --workers=$SHOP_W"),
  shell("./migrate --cert hunter2\nexec puma -w 4 -t 1:16", "exec puma -w 4 -t 1:16"),
  {
    command: ["gunicorn"],
    args: ["--workers", "$(SHOP_W)", "shop:app"],
    env: { SHOP_W: "6" },
    reads: ["$(SHOP_W)", "SHOP_W", '"6"'],
  },
  {
    command: ["gunicorn", "shop:app"],
    env: { WEB_CONCURRENCY: "4", SHOP_KEY: "hunter2" },
    reads: ["WEB_CONCURRENCY", '"4"'],
  },
  {
    command: ["gunicorn", "shop:app"],
    env: { GUNICORN_CMD_ARGS: "--workers=4 --certfile hunter2" },
    reads: ["--workers=4"],
  },
  { command: ["uvicorn", "shop:app"], env: { UVICORN_WORKERS: "3" }, reads: ["UVICORN_WORKERS", '"3"'] },
  {
    command: ["uwsgi"],
    env: { UWSGI_PROCESSES: "4", UWSGI_HTTP_KEEPALIVE: "true" },
    reads: ["UWSGI_PROCESSES", '"4"', '"true"'],
  },
  {
    command: ["puma"],
    env: { RAILS_MAX_THREADS: "5", PUMA_WORKERS: "auto" },
    reads: ["RAILS_MAX_THREADS", '"5"', '"auto"'],
  },
  {
    command: ["node", "shop.js"],
    env: { UV_THREADPOOL_SIZE: "16", NODE_OPTIONS: "--max-old-space-size=256" },
    reads: ['"16"', "--max-old-space-size=256"],
  },
  { command: ["shop"], env: { GOMAXPROCS: "2", TIMEOUT: "30s" }, reads: ["GOMAXPROCS", '"2"', '"30s"'] },
  file(
    "gunicorn.conf.py",
    'import os\nworkers = 4\nthreads = 2\nworker_class = "gthread"\nkeepalive = 75\nkeyfile = "hunter2"\n',
    'workers = 4\nthreads = 2\nworker_class = "gthread"\nkeepalive = 75',
  ),
  file(
    "gunicorn.conf.py",
    "import multiprocessing\nworkers = multiprocessing.cpu_count() * 2 + 1\n",
    "workers = multiprocessing.cpu_count() * 2 + 1",
  ),
  file(
    "gunicorn.conf.py",
    "workers = multiprocessing.cpu_count() // 2\n",
    "workers = multiprocessing.cpu_count() // 2",
  ),
  file(
    "gunicorn.conf.py",
    'workers = int(os.environ.get("SHOP_W", "3"))\n',
    'workers = int(os.environ.get("SHOP_W", "3"))',
  ),
  file(
    "gunicorn.conf.py",
    'workers = int(os.getenv("SHOP_W", 3))\ntimeout = 2 * 60\n',
    'workers = int(os.getenv("SHOP_W", 3))\ntimeout = 2 * 60',
  ),
  file(
    "puma.rb",
    'workers ENV.fetch("SHOP_W") { 2 }\nthreads 1, 5\npreload_app!\n',
    'workers ENV.fetch("SHOP_W") { 2 }\nthreads 1, 5\npreload_app!',
  ),
  file("puma.rb", 'workers Integer(ENV["SHOP_W"] || 2)\nport 3000\n', 'workers Integer(ENV["SHOP_W"] || 2)\nport 3000'),
  file(
    "unicorn.rb",
    "worker_processes 4\ntimeout 30\nlisten 8080, backlog: 64\n",
    "worker_processes 4\ntimeout 30\nlisten 8080, backlog: 64",
  ),
  file(
    "uwsgi.ini",
    "[uwsgi]\nprocesses = 4\nthreads = 2\ncheaper = 2\nset-placeholder = hunter2\n",
    "processes = 4\nthreads = 2\ncheaper = 2",
  ),
  file(
    "www.conf",
    "[www]\npm = dynamic\npm.max_children = 50\npm.start_servers = 5\nenv[KEY] = hunter2\n",
    "pm = dynamic\npm.max_children = 50\npm.start_servers = 5",
  ),
  file(
    "nginx.conf",
    "worker_processes auto;\nevents { worker_connections 1024; }\nkeepalive_timeout 65s;\nproxy_set_header X hunter2;\n",
    "worker_processes auto;\nevents { worker_connections 1024; }\nkeepalive_timeout 65s;",
  ),
  file(
    "httpd.conf",
    "MaxRequestWorkers 150\nKeepAliveTimeout 5\nThreadsPerChild 25\n",
    "MaxRequestWorkers 150\nKeepAliveTimeout 5\nThreadsPerChild 25",
  ),
  file(
    "application.properties",
    "server.tomcat.threads.max=200\nserver.tomcat.accept-count=100\nspring.datasource.password=hunter2\n",
    "server.tomcat.threads.max=200\nserver.tomcat.accept-count=100",
  ),
  file(
    "application.yaml",
    "server:\n  tomcat:\n    threads:\n      max: 200\n  key: hunter2\n",
    "server:\n  tomcat:\n    threads:\n      max: 200",
  ),
  file(
    "ecosystem.json",
    '{"apps": [{"instances": 4, "exec_mode": "cluster", "env": {"KEY": "hunter2"}}]}',
    '"instances": 4',
    '"exec_mode": "cluster"',
  ),
  { command: ["run"], files: { WEB_CONCURRENCY: "4" }, reads: ["WEB_CONCURRENCY"] },
];
