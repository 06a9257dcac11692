import { describe, expect, it } from "vitest";
import { controllerConfigMap, expectedByController, expectedByFiles } from "../../src/analysis/proxy-protocol.ts";

describe("what a server expects of PROXY protocol", () => {
  it.each([
    ["nginx's listen of that port", "server {\n listen 8080 proxy_protocol;\n listen 9090;\n}", 8080, true],
    ["another port's is not this one's", "server {\n listen 8080 proxy_protocol;\n listen 9090;\n}", 9090, false],
    ["an address with a port", "listen [::]:8080 ssl proxy_protocol;", 8080, true],
    ["a comment does not count", "# listen 8080 proxy_protocol;\nlisten 8080;", 8080, false],
    ["HAProxy's bind", "frontend web\n  bind *:8443 accept-proxy ssl crt x\n", 8443, true],
    ["a port that is a part of another", "listen 18080 proxy_protocol;", 8080, null],
    ["both ways, and no port to tell them apart", "listen 80;\nlisten 81 proxy_protocol;", null, null],
    ["nothing that opens a port", "worker_processes 4;", 8080, null],
  ])("%s", (_, text, port, expects) => {
    expect(expectedByFiles([["nginx.conf", text]], port)?.expects ?? null).toBe(expects);
  });

  it("takes ingress-nginx's setting for a reading, and its default for none", () => {
    expect(expectedByController({ "use-proxy-protocol": "true" })).toMatchObject({ expects: true, isDefault: false });
    expect(expectedByController({ "use-proxy-protocol": "false" })).toMatchObject({ expects: false, isDefault: false });
    expect(expectedByController({})).toMatchObject({ expects: false, isDefault: true });
  });

  it.each([
    ["--configmap=$(POD_NAMESPACE)/ingress-nginx-controller", "ingress-nginx-controller"],
    ["--configmap=‹text:16:0c001›", null],
    ["--v=2", null],
  ])("finds the ConfigMap that %s names", (argument, name) => {
    expect(controllerConfigMap({ command: ["/nginx-ingress-controller", argument] })).toBe(name);
  });
});
