/** An annotation that holds the whole object again, its environment included. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * Parts of objects that nothing reads and that make most of their size: who changed which field, identities that no
 * other object refers to, scheduling and security settings, the images that lie on a node.
 */
const UNREAD = {
  metadata: ["managedFields", "uid", "resourceVersion", "selfLink", "generateName"],
  podSpec: [
    "tolerations",
    "securityContext",
    "imagePullSecrets",
    "dnsPolicy",
    "schedulerName",
    "enableServiceLinks",
    "preemptionPolicy",
  ],
  container: ["securityContext", "terminationMessagePath", "terminationMessagePolicy", "imagePullPolicy"],
  status: ["images", "hostIPs", "podIPs", "qosClass", "volumesInUse", "volumesAttached"],
  containerStatus: ["imageID", "containerID"],
} as const;

/**
 * A page without what nothing reads. The copy of an object in its annotation
 * becomes a mark: that it is there tells how the object was applied. Changes the page in place, so that both are never
 * held at once.
 */
export function trimmed(page: unknown): unknown {
  const list = property(page, "items");
  for (const item of Array.isArray(list) ? list : [page]) trimObject(item);
  return page;
}

function trimObject(item: unknown): void {
  const metadata = property(item, "metadata");
  drop(metadata, UNREAD.metadata);
  const annotations = property(metadata, "annotations");
  if (isRecord(annotations) && typeof annotations[LAST_APPLIED] === "string")
    annotations[LAST_APPLIED] = `(left out by lbdoctor: ${annotations[LAST_APPLIED].length} characters)`;
  const spec = property(item, "spec");
  trimPodSpec(spec);
  trimPodSpec(property(property(spec, "template"), "spec"));
  const status = property(item, "status");
  drop(status, UNREAD.status);
  for (const one of listIn(status, "containerStatuses")) drop(one, UNREAD.containerStatus);
}

function trimPodSpec(spec: unknown): void {
  drop(spec, UNREAD.podSpec);
  for (const container of listIn(spec, "containers")) drop(container, UNREAD.container);
}

function drop(value: unknown, names: readonly string[]): void {
  if (isRecord(value)) for (const name of names) delete value[name];
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = property(value, name);
  return Array.isArray(list) ? list : [];
}

function property(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
