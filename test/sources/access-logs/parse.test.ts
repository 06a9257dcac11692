import { describe, expect, test } from "vitest";
import { Fields } from "../../../src/sources/access-logs/fields.ts";
import {
  agentFamily,
  ID_SEGMENTS,
  pathTemplate,
  reasonOf,
  signatureOf,
} from "../../../src/sources/access-logs/folded.ts";
import { checkLine, connectionLine, requestLine } from "../../../src/sources/access-logs/lines.ts";
import { LineSplitter } from "../../../src/sources/access-logs/split-lines.ts";
import { BROKEN, requestText } from "./lines.ts";

describe("a line of an access log", () => {
  test("tells every field that is read", () => {
    expect(requestLine(requestText())).toEqual({
      type: "https",
      time: Date.parse("2026-06-26T08:01:02Z") / 1000,
      loadBalancer: "app/shop/50dc6c495c0c9188",
      client: "203.0.113.7",
      target: "10.0.3.7:8080",
      requestTime: 0,
      targetTime: 48,
      responseTime: 37,
      status: 200,
      targetStatus: 200,
      received: 34,
      sent: 366,
      method: "GET",
      url: "https://shop.example.com:443/v1/orders/8412/items?token=secret",
      agent: "curl/8.6.0",
      group: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067",
      domain: "shop.example.com",
      rule: "12",
      actions: "forward",
      reason: "-",
      classification: "-",
    });
  });

  test("of 2016, without what came later, is read too", () => {
    const old =
      'http 2016-08-10T22:08:42.945958Z app/my-lb/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354"';
    expect(requestLine(old)).toMatchObject({ status: 200, rule: "-", actions: "-", reason: "-" });
  });

  test("with fields that are not known yet is read as ever", () => {
    expect(requestLine(`${requestText()} "a new one" 17 "and ""more"`)).toEqual(requestLine(requestText()));
  });

  test.each([
    ["a quote with a backslash", String.raw`evil\" 200 200 \"agent`],
    ["quotes that nothing escapes", 'say "hello"now'],
    ["a backslash at its end", String.raw`trailing\ `.trim()],
    ["the end of a line, written out", String.raw`a\x0ab`],
    ["bytes that are no ASCII", "\u00ff\u00fe agent"],
  ])("survives a user agent with %s", (_, agent) => {
    expect(requestLine(requestText({ agent }))).toMatchObject({ status: 200, rule: "12", agent });
  });

  test.each([
    ["spaces", "GET https://x:443/a b c HTTP/1.1", "https://x:443/a b c"],
    ["no protocol", "GET https://x:443/", "https://x:443/"],
    ["nothing at all", "- http://x:80- -", "http://x:80-"],
  ])("survives a request with %s", (_, request, url) => {
    expect(requestLine(requestText({ request }))?.url).toBe(url);
  });

  test.each(BROKEN)("%s is none", (line) => {
    expect(requestLine(line)).toBeNull();
  });
});

test("a line of a connection log is read, with and without TLS", () => {
  const tls =
    '2026-06-26T08:01:02.345678Z 203.0.113.7 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 "CN=a b,O=x" NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z FEF257372D5C14D4 Failed:ClientCertExpired TID_3180a73013c8ca4bac2f731159d4b0fe';
  expect(connectionLine(tls)).toMatchObject({
    client: "203.0.113.7",
    listenerPort: "443",
    protocol: "TLSv1.2",
    handshake: 4036,
    verifyStatus: "Failed:ClientCertExpired",
  });
  const plain = '2026-06-26T08:01:02.345678Z 2001:db8::7 36280 80 - - - "-" - - - TID_3180a73013c8ca4bac2f731159d4b0fe';
  expect(connectionLine(plain)).toMatchObject({ client: "2001:db8::7", handshake: -1, verifyStatus: "-" });
  expect(connectionLine("x y z")).toBeNull();
});

test("a line of a health-check log is read", () => {
  const failed = "http 2026-06-26T08:01:02.345678Z 5.001 10.0.3.7:8080 shop FAIL - Timeout a-new-field";
  expect(checkLine(failed)).toMatchObject({
    latency: 5001,
    target: "10.0.3.7:8080",
    group: "shop",
    passed: false,
    reason: "Timeout",
  });
  expect(checkLine(failed.replace("FAIL", "SOON"))).toBeNull();
});

test("fields are apart by one space, or stand in quotes", () => {
  const fields = new Fields(9);
  const texts = () => Array.from({ length: fields.count }, (_, index) => fields.text(index));
  expect(fields.cut('a "b c" "" - "d"')).toBe(true);
  expect(texts()).toEqual(["a", "b c", "", "-", "d"]);
  expect(fields.text(5, "none")).toBe("none");
  expect(fields.cut('a "b')).toBe(false);
  expect(fields.cut("e f")).toBe(true);
  expect(texts()).toEqual(["e", "f"]);
});

test.each([
  ["0.048", 3, 48],
  ["12.5", 3, 12_500],
  ["7", 3, 7_000],
  ["-1", 3, -1_000],
  ["1e-3", 3, 1],
  ["0.0485", 3, 48.5],
  ["34", 0, 34],
  ["99999999999999999999", 0, 1e20],
])("the field %s, times a thousand where %d places are wanted, is %d", (text, places, value) => {
  const fields = new Fields(2);
  fields.cut(`x ${text}`);
  expect(fields.number(1, places)).toBeCloseTo(value, 9);
});

test.each(["", ".", "1.2.3", "-", "x", "12a"])("the field %j is no number", (text) => {
  const fields = new Fields(2);
  fields.cut(`x "${text}"`);
  expect(fields.number(1)).toBeNaN();
  expect(fields.number(2)).toBeNaN();
});

test("ids are folded wherever they stand, whichever sign they are known by", () => {
  const parts = ["a", "v1", "7up", "a1b2", "x%20y", "~.-_", "abcdefghijklmnopqrstuvwxyzabcdefghijk", "*", ""];
  const one = new RegExp(`^(?:${ID_SEGMENTS.join("|")})$`);
  for (const [first, second, third] of parts.flatMap((a) => parts.flatMap((b) => parts.map((c) => [a, b, c])))) {
    const told = [first, second, third].map((part) => (one.test(`/${part}`) ? "/*" : `/${part}`)).join("");
    expect(pathTemplate(`https://x:443/${first}/${second}/${third}?q`)).toBe(told);
  }
});

test.each([
  ["https://x:443/v1/orders/8412/items?x=1", "/v1/orders/*/items"],
  ["https://x:443/users/jane.doe%40example.com/keys", "/users/*/keys"],
  ["https://x:443/reset/8f2b9c1e-0d4b-4a77-9a55-2f7f1c1f3f11", "/reset/*"],
  ["https://x:443/t/abcdefghijklmnopqrstuvwxyzabcdefghijkl", "/t/*"],
  ["https://x:443/a/b/c/d/e/f/g/h", "/a/b/c/d/e/f"],
  ["https://x:443", "/"],
  ["https://x:443/search;jsessionid=AB12", "/search"],
  ["/relative/7", "/relative/*"],
  ["http://[2001:db8::1]:80/", "/"],
])("the path of %s is told as %s", (url, template) => {
  expect(pathTemplate(url)).toBe(template);
});

test("an agent is told by its family, and never as it was sent", () => {
  expect(agentFamily("Mozilla/5.0 (X11) Chrome/126.0 Safari/537.36")).toBe("Chrome");
  expect(agentFamily("Mozilla/5.0 (compatible; Googlebot/2.1)")).toBe("crawler");
  expect(agentFamily("acme-internal-token-1234")).toBe("other");
  expect(agentFamily("-")).toBe("-");
});

test("what the load balancer answered itself is told by its times", () => {
  const of = (wanted: Parameters<typeof requestText>[0]) => {
    const line = requestLine(requestText(wanted));
    if (!line) throw new Error("it is no line");
    return [signatureOf(line), reasonOf(line)];
  };
  expect(of({ times: "-1 -1 -1", status: "502 -" })).toEqual(["-1 -1 -1 502 -", "-"]);
  expect(of({ times: "0.001 60.003 -1", status: "504 -" })).toEqual(["0 60 -1 504 -", "-"]);
  expect(of({ times: "-1 -1 -1", status: "503 -", actions: "waf,fixed-response" })[1]).toBe("fixed-response");
  expect(of({ status: "502 -", reason: "LambdaTimeout" })[1]).toBe("LambdaTimeout");
});

test("lines are cut wherever the pieces end, and one without an end costs no other", () => {
  const lines = ["first", "second is longer", "", "x".repeat(300_000), "last"];
  const bytes = Buffer.from(lines.join("\n"));
  for (const size of [1, 7, 4096, bytes.length]) {
    const got: string[] = [];
    const splitter = new LineSplitter((line) => got.push(line));
    for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
    splitter.finish();
    expect(got.map((line) => line.slice(0, 20))).toEqual(lines.map((line) => line.slice(0, 20)));
  }
});
