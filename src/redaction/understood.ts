/*
 * What the readers of lbdoctor understand, and so all that is kept of free text (arguments, commands, environment, probes,
 * annotations, ConfigMaps, messages, events, process lists); every other word becomes a mark when an answer arrives.
 *
 * How to extend: a reader that looks for a new word adds it to its own list here, in lower case, and its test reads the
 * masked text as well as the raw one. A word of several parts ("gunicorn.conf.py", "worker-class") is kept where each of
 * its parts is known, so parts are enough. Options need a list of their own, since a word after an unknown option may be
 * its secret. Numbers of up to six digits, durations, sizes, percentages, yes and no are always kept. Never add a word that
 * somebody might choose as a password.
 */

/** Servers, runtimes and process managers, as the workers reader and `ps` name them. */
const PROGRAMS = `
gunicorn uvicorn hypercorn uwsgi puma unicorn waitress serve daphne granian nginx unit php fpm apache apachectl httpd
apache2 passenger thin falcon iodine cheroot gevent eventlet tornado aiohttp asyncio sync gthread meinheld node nodejs pm2
runtime npm npx yarn pnpm java jar tomcat catalina jetty undertow spring python python2 python3 pypy pypy3 ruby bundle bundler rails
rackup rake perl dotnet kestrel bun deno go sh bash ash dash zsh env exec tini dumb init supervisord s6 poetry pipenv uv run
manage django wsgi asgi gi workers uvicornworker uvicornh11worker psgi rack celery sidekiq flask fastapi master worker pool www cat ps nproc grep cut wc
newrelic ddtrace opentelemetry instrument wrapper admin`;

/** Settings of how many requests a server takes at once and how long it waits: the documentation of each server. */
const SETTINGS = `
workers worker processes process threads thread concurrency connections class bind host port listen socket http https
timeout timeouts graceful keepalive keep alive max min requests request jitter preload app children spare servers start
idle pm static dynamic ondemand terminate limit backlog cheaper initial step busyness algo lazy apps offload
enable multithreaded cluster instances mode fork size queue accept count acceptcount maxthreads minsparethreads
connectiontimeout keepalivetimeout maxconnections maxkeepaliverequests server tomcat io
maxrequestworkers serverlimit threadsperchild threadlimit startservers minsparethreads maxsparethreads
mpm_prefork_module mpm_worker_module mpm_event_module ifmodule
mpm prefork event auto epoll upstream proxy read send connect buffering pass location events header body
worker_processes worker_connections worker_rlimit_nofile keepalive_timeout keepalive_requests proxy_read_timeout
protocol proxy_protocol ssl ingress controller worker_class max_requests max_requests_jitter graceful_timeout preload_app reload blocking loop uvloop interface rsgi
h11 httptools ws lifespan on off gcpausetime env log level access error accesslog errorlog loglevel info warning debug notice capture_output daemon proc_name chdir sendfile stdout stderr dev null conf config configuration
py rb ini yaml yml json toml js mjs cjs cfg xml properties usr local bin sbin opt venv lib etc tmp var srv code home`;

/** Expressions in which a number of workers is written: shell, Python, Ruby, JavaScript, nginx, YAML. */
const EXPRESSIONS = `
multiprocessing cpu_count cpu count os environ get getenv putenv int float str max min import from def return if else elif
then fi do end done for in or and not none null nil true false yes no set export integer to_i fetch etc nprocessors
concurrent physical_processor_count processor_count availableparallelism cpus length require math floor ceil round process
parseint number on_worker_boot before_fork after_fork psutil len sched_getaffinity override default self module exports
const let function new unless expr let echo bc eval sed awk lambda usr1 exit wait trap`;

/** What the kernel, kubelet, scheduler and autoscalers write in statuses, events and termination messages. */
const CLUSTER = `
readiness liveness startup probe failed succeeded statuscode with status code back-off backoff restarting failed container
pulling pulled image images pull pullimage errimagepull imagepullbackoff successfully created scheduled assigned killing
started stopping stopped oomkilled out memory killed evicted node nodes are is was were be of the a an available insufficient cpu pod pods
had untolerated taint didn't match affinity selector preemption victims found incoming unhealthy dial tcp context deadline
exceeded client while awaiting headers connection refused reset by peer no route i/o lookup such file directory signal
completed error reason message exitcode crashloopbackoff failedscheduling failedmount scaled scale up down replica set
new size above below target utilization resource all metrics autoscalerstatus running clusterwide health healthy ready unready
notstarted longnotstarted registered longunregistered cloudprovidertarget minsize maxsize nodegroups lastprobetime
lasttransitiontime scaledown scaleup nocandidates candidatespresent noactivity inprogress backedoff nodecounts total
beingdeleted unregistered resourceunready name cgroup procs quota period pid ppid command args user defunct`;

/** Variables that a server itself reads; a number of workers is looked up in them by name. */
const VARIABLES = `
web_concurrency gunicorn_cmd_args gunicorn_workers gunicorn_threads uvicorn_workers uvicorn_timeout_keep_alive
uvicorn_limit_concurrency uwsgi_workers uwsgi_processes uwsgi_threads uwsgi_http_keepalive uwsgi_cheaper puma_workers
puma_threads puma_max_threads puma_min_threads rails_max_threads rails_min_threads max_threads min_threads unicorn_workers
max_workers num_workers num_procs workers_per_core worker_class nginx_worker_processes nginx_worker_connections
php_fpm_pm php_fpm_max_children fpm_max_children pm_max_children uv_threadpool_size node_options gomaxprocs java_opts java_tool_options
jdk_java_options catalina_opts server_tomcat_threads_max server_tomcat_max_threads server_undertow_threads_worker instances
pm2_instances granian_workers granian_blocking_threads apache_max_request_workers thread_pool_size timeout_keep_alive
graceful_timeout concurrency`;

/** Options whose value somebody reads, without their dashes. A single letter stands for itself and with a number behind. */
const OPTIONS_READ = `
workers worker threads processes worker-class worker-connections worker-tmp-dir bind timeout graceful-timeout keep-alive keepalive
timeout-keep-alive timeout-graceful-shutdown max-requests max-requests-jitter preload preload_app limit-concurrency
limit-max-requests backlog host port config reload loop http lifespan interface blocking-threads blocking_threads
runtime-threads runtime-mode threading-mode master enable-threads http-socket http-timeout socket socket-timeout harakiri
cheaper cheaper-initial cheaper-step cheaper-algo lazy-apps max-worker-lifetime listen min-threads max-threads instances
max-old-space-size max-http-header-size control environment concurrency max-clients min-instances max-pool-size
env force-shutdown-timeout channel-timeout threads-min threads-max http-keepalive so-keepalive pythonpath chdir module
XX:ActiveProcessorCount ini mount offload-threads static single-interpreter need-app die-on-term vacuum m e c E eo access-logfile error-logfile
fcgi-children cluster jar configmap A`;
const LETTERS = "AwtkbpcCiemEjxlsSDRqdgGun";

const split = (text: string) => text.trim().split(/\s+/);

/** Every word that is kept wherever it stands, in lower case. */
export const WORDS: ReadonlySet<string> = new Set(
  [PROGRAMS, SETTINGS, EXPRESSIONS, CLUSTER, VARIABLES].flatMap(split).map((word) => word.toLowerCase()),
);
/** Option names that are kept, without dashes. */
export const OPTIONS: ReadonlySet<string> = new Set(split(OPTIONS_READ));
/** Letters that are options by themselves, as in "-w 4" and "-w4". */
export const SHORT_OPTIONS: ReadonlySet<string> = new Set(LETTERS);

/** A value behind such a name is never kept, whatever it looks like: a PIN is a small number too. */
export const SECRET_NAME =
  /passw(?:or)?d|passphrase|pwd|secret|token|credential|private|api[-_]?key|access[-_]?key|authorization|cookie|signature|(?:^|[-_.])(?:pass|pin|pat|auth|key|sig|salt|otp|dsn)(?:$|[-_.])/i;

/**
 * Members of the cluster's objects whose values are the API's own words, names or amounts, which the readers compare and a
 * person needs. Strings under every other name are free text.
 */
export const PLAIN_MEMBERS: ReadonlySet<string> = new Set(
  split(`
apiVersion kind name namespace creationTimestamp timestamp window scheme protocol type status reason phase podIP hostIP ip
clusterIP nodeName providerID address targetGroupARN targetType ipAddressType cpu memory pods averageValue image
restartPolicy externalTrafficPolicy internalTrafficPolicy sessionAffinity topologyKey whenUnsatisfiable resource continue
lastTransitionTime lastHeartbeatTime lastProbeTime lastUpdateTime lastScaleTime startTime startedAt finishedAt deletionTimestamp firstTimestamp
lastTimestamp eventTime port targetPort portName operator effect whenDeleted policy selectPolicy strategy maxSurge
maxUnavailable minAvailable ephemeral-storage uid resourceVersion key architecture operatingSystem kubeletVersion
containerRuntimeVersion osImage kernelVersion storage capacityType weight serviceAccountName schedulerName priorityClassName
mountPath divisor fieldPath selector matchLabels controller component reportingComponent mode hostname nodePort code
clusterName loadBalancerClass ingressClassName container`),
);

/** Objects whose members are all names or amounts, whatever the member is called. */
export const PLAIN_OBJECTS: ReadonlySet<string> = new Set(
  split("selector matchLabels nodeSelector allocatable capacity requests limits usage"),
);

/** Annotations whose values decide something; of the others only that they are set. */
export const PLAIN_ANNOTATIONS: ReadonlySet<string> = new Set([
  "deployment.kubernetes.io/revision",
  "deployment.kubernetes.io/desired-replicas",
]);

/** Tags and labels of controllers: by them Services are proven, and nodes and owners told apart. */
export const NEEDED_KEY =
  /^(elbv2\.k8s\.aws|ingress\.k8s\.aws|service\.k8s\.aws|eks:|topology\.kubernetes\.io|node\.kubernetes\.io|app\.kubernetes\.io|pod-template-hash$|app$|helm\.toolkit|kustomize\.toolkit|argocd\.argoproj\.io)/;

/** Labels of series that a query or a reader names; the others are free text. */
export const SERIES_LABELS: ReadonlySet<string> = new Set(
  split(`
__name__ instance node namespace pod container job mode le quantile resource unit phase nodename cpu device service endpoint
deployment statefulset daemonset replicaset hpa horizontalpodautoscaler workload reason status condition kubernetes_node
host id name cluster region zone availability_zone map pod_name container_name exported_pod exported_namespace
exported_container exported_service envoy_cluster_name destination_service_name destination_service_namespace state code
method type group`),
);

/** Members of AWS's answers in which people write freely, or in which an application's secret may stand. */
export const AWS_TEXT: ReadonlySet<string> = new Set(
  split(
    "HttpHeaderConfig QueryStringConfig FixedResponseConfig RedirectConfig AuthenticateOidcConfig AuthenticateCognitoConfig",
  ),
);
