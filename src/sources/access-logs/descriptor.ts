import type { Question } from "../../model/question.ts";
import { shellLine } from "../../model/shell.ts";
import { awsMask } from "../../redaction/rules.ts";
import { CLOUDWATCH } from "../cloudwatch/descriptor.ts";
import type { OptionalPolicy, Permission, SourceDescriptor } from "../descriptor.ts";
import { KNOWN_LATER as K } from "../placeholders.ts";
import { LOGGING } from "./check.ts";
import type { LiveAccessLogs } from "./live.ts";
import { folderOf } from "./object-key.ts";
import { placeholder } from "./placeholders.ts";
import { askLog, LOGS, type Log } from "./questions.ts";
import { PRICES, WORDS } from "./words.ts";

const ID = "access-logs";
const BALANCER = `arn:aws:elasticloadbalancing:${K.region}:${K.account}:loadbalancer/app/${K.loadBalancer}/<id>`;
const SPAN = { start: 0, end: 60 };

export const ACCESS_LOGS: SourceDescriptor<LiveAccessLogs> = {
  id: ID,
  title: "the load balancer's logs",
  place: "the load balancer's logs",
  price: PRICES.files,
  otherPrices: [PRICES.insights, PRICES.athena],
  isAws: true,
  operations: LOGS,
  kinds: () => LOGS.map((log) => askLog(log, BALANCER, { bucket: K.bucket, prefix: "" }, [SPAN]).question),
  permissions: () => [
    ...actions("logs-s3", "s3:ListBucket", "s3:GetObject"),
    ...actions("logs-insights", ...DELIVERY, "logs:StartQuery", "logs:GetQueryResults", "logs:StopQuery"),
    ...actions("logs-athena", "athena:GetTableMetadata", "athena:StartQueryExecution", "athena:GetQueryExecution"),
    ...actions("logs-athena", "athena:GetQueryResults", "athena:StopQueryExecution"),
    // Athena reads the table's definition and its files with the rights of whoever asks.
    ...actions("logs-athena", "glue:GetDatabase", "glue:GetTable", "glue:GetPartitions"),
    ...actions("logs-athena", "s3:GetBucketLocation", "s3:ListBucket", "s3:GetObject"),
    ...actions("logs-athena-find", "athena:ListDatabases", "athena:ListTableMetadata"),
    ...actions("logs-athena-find", "glue:GetDatabases", "glue:GetTables"),
  ],
  roles: [],
  command,
  mask: awsMask,
  redaction: { figures: ["times"] },
  describe: ({ operation }) => `the ${WORDS[operation as Log]}`,
  placeholder,
  remedies: {
    unreachable: "check the network and the region, then run it again; or give a folder with the log files: --logs DIR",
    unauthenticated: "log in to AWS again (aws sso login, or new credentials)",
  },
  checks: [LOGGING],
  async open({ options, aws, opened }) {
    const { logs, athena, athenaWorkgroup, allow } = options;
    const [{ LiveAccessLogs }, { credentials }] = await Promise.all([import("./live.ts"), opened(CLOUDWATCH)]);
    return new LiveAccessLogs(aws, { logs, athena, athenaWorkgroup, allow }, credentials);
  },
};

/** By which it is found to which log group a load balancer's logs are delivered. */
const DELIVERY = ["logs:DescribeDeliverySources", "logs:DescribeDeliveries", "logs:GetDeliveryDestination"] as const;

function actions(policy: OptionalPolicy, ...names: readonly string[]): Permission[] {
  return names.map((action) => ({ kind: "iam", action, policy }));
}

/** The files of the first hour, and the lines in them. */
function command({ input }: Question): string {
  const { loadBalancer, bucket, prefix, spans } = input;
  const first = (spans as readonly { readonly start: string }[] | undefined)?.[0]?.start ?? "";
  if (typeof bucket !== "string") return "zcat *.log.gz";
  const folder = folderOf(String(loadBalancer), { prefix: String(prefix) });
  return shellLine("aws", "s3", "ls", `s3://${bucket}/${folder}${first.slice(0, 10).replaceAll("-", "/")}/`);
}
