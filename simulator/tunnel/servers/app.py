"""
A pod's application for gunicorn. GET /?cpu=<seconds>&wait=<seconds>, both in model time: it works for `cpu` seconds of one
model core, and waits for a dependency that takes `wait` seconds.

One model core is a small share of a real one, so a worker at work burns a millisecond and then rests, still holding the
interpreter's lock as work would. What gunicorn itself has used since the last request counts as part of the work.
"""
import http.client
import os
import threading
import time
from urllib.parse import parse_qs

TIME = float(os.environ["TUNNEL_TIME"])
CORE = float(os.environ["TUNNEL_CORE"])
POD = os.environ["TUNNEL_POD"]
DEPENDENCY = os.environ["TUNNEL_DEPENDENCY"]
BURN = 0.001
# A worker that woke late may catch up on so much; a core that was taken away for longer is lost.
LATE = 0.02

lock = threading.Lock()
local = threading.local()
mark = None


def work(seconds):
    """Uses `seconds` of one model core, and takes at least that long in model time."""
    global mark
    need = seconds * CORE / TIME
    with lock:
        now = time.process_time()
        used = 0 if mark is None else min(now - mark, need)
        due = time.monotonic() + used / CORE
        rest(due)
    while used < need:
        with lock:
            begun = time.process_time()
            part = min(BURN, need - used)
            while time.process_time() - begun < part:
                pass
            used += time.process_time() - begun
            due = max(due, time.monotonic() - LATE) + part / CORE
            rest(due)
    mark = time.process_time()


def rest(due):
    left = due - time.monotonic()
    if left > 0:
        time.sleep(left)


def depend(seconds):
    """Asks the dependency, over a connection that this thread keeps."""
    host, port = DEPENDENCY.split(":")
    connection = getattr(local, "connection", None)
    if connection is None:
        connection = local.connection = http.client.HTTPConnection(host, int(port), timeout=60)
    try:
        connection.request("GET", f"/?seconds={seconds}")
        connection.getresponse().read()
    except OSError:
        local.connection = None
        raise


def app(environ, start_response):
    query = parse_qs(environ["QUERY_STRING"])
    work(float(query.get("cpu", ["0"])[0]))
    wait = float(query.get("wait", ["0"])[0])
    if wait > 0:
        depend(wait)
    peer = f"{environ['REMOTE_ADDR']}:{environ['REMOTE_PORT']}"
    start_response("200 OK", [("X-Pod", POD), ("X-Peer", peer), ("Content-Length", "3")])
    return [b"ok\n"]
