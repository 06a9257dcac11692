/*
 * Log lines as the User Guide for Application Load Balancers shows them, in the forms that occur, and hostile ones.
 */

const BALANCER = "app/shop/50dc6c495c0c9188";
export const BALANCER_ARN = `arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/${BALANCER}`;
const GROUP = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/73e2d6bc24d8a067";

export interface Wanted {
  readonly type?: string;
  readonly time?: string;
  readonly balancer?: string;
  readonly client?: string;
  readonly target?: string;
  readonly times?: string;
  readonly status?: string;
  readonly received?: number;
  readonly request?: string;
  readonly agent?: string;
  readonly group?: string;
  readonly rule?: string;
  readonly actions?: string;
  readonly reason?: string;
  /** What stands behind the classification. */
  readonly tail?: string;
}

/** A line of an access log with today's fields. */
export function requestText(wanted: Wanted = {}): string {
  const {
    type = "https",
    time = "2026-06-26T08:01:02.345678Z",
    balancer = BALANCER,
    client = "203.0.113.7:2817",
    target = "10.0.3.7:8080",
    times = "0.000 0.048 0.037",
    status = "200 200",
    received = 34,
    request = "GET https://shop.example.com:443/v1/orders/8412/items?token=secret HTTP/1.1",
    agent = "curl/8.6.0",
    group = GROUP,
    rule = "12",
    actions = "forward",
    reason = "-",
    tail = `"-" "-" TID_1234abcd5678ef90 "-" "-" "-" 10.0.0.9`,
  } = wanted;
  return `${type} ${time} ${balancer} ${client} ${target} ${times} ${status} ${received} 366 "${request}" "${agent}" TLS_AES_128_GCM_SHA256 TLSv1.3 ${group} "Root=1-58337281-1d84f3d73c47ec4e58577259" "shop.example.com" "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234" ${rule} ${time} "${actions}" "-" "${reason}" "${target}" "200" ${tail}`;
}

/** Lines that every engine must count alike. */
export const MIXED: readonly string[] = [
  requestText(),
  requestText({ time: "2026-06-26T08:01:59.999999Z", times: "0.001 3.100 0.000", status: "500 500" }),
  requestText({
    type: "h2",
    agent: "Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
  }),
  requestText({
    type: "grpcs",
    request: "POST https://shop.example.com:443/shop.Cart/Add HTTP/2.0",
    agent: "grpc-go/1.64.0",
  }),
  requestText({ type: "wss", times: "0.000 0.001 0.000", status: "101 101" }),
  requestText({ client: "[2001:db8::7]:2817", agent: "okhttp/4.12.0" }),
  requestText({ target: "-", times: "-1 -1 -1", status: "301 -", group: "-", rule: "0", actions: "redirect" }),
  requestText({ target: "-", times: "0.000 0.021 0.000", agent: "python-requests/2.32.3" }),
  requestText({ times: "-1 -1 -1", status: "502 -" }),
  requestText({ times: "0.000 60.004 -1", status: "504 -" }),
  requestText({ target: "-", times: "-1 -1 -1", status: "503 -", reason: "-" }),
  requestText({ times: "0.000 12.512 -1", status: "460 -" }),
  requestText({
    received: 9_000_000,
    times: "0.004 8.200 0.001",
    request: "PUT https://shop.example.com:443/v1/files/9b2f-11 HTTP/1.1",
  }),
  requestText({ tail: '"Acceptable" "SpaceInUri"' }),
  requestText({ balancer: "app/other/0123456789abcdef" }),
  requestText({ time: "2026-06-26T07:00:00.000000Z" }),
];
/** Lines that are none of an access log. */
export const BROKEN: readonly string[] = [
  "not a line at all",
  requestText().slice(0, 120),
  requestText({ status: "abc -" }),
  requestText({ times: "0.000 soon 0.000" }),
  `${requestText().slice(0, 330)} "unclosed`,
];
