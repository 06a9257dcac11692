/*
 * The usual forms of secrets, after the rule sets of gitleaks (config/gitleaks.toml) and secretlint, and after what people
 * write into arguments and connection strings. Every example is invented and put together when it is needed, so that no
 * file of this project holds anything that a scanner would take for a real one.
 */

/** An invented secret in its form; `marks`: parts of it that must not be found anywhere. */
export interface Secret {
  readonly text: string;
  readonly marks: readonly string[];
}
export interface Form {
  readonly name: string;
  /** The same seed gives the same secret, another one another. */
  readonly invent: (seed: number) => Secret;
}

const DIGITS = "0123456789";
const SMALL = "abcdefghijklmnopqrstuvwxyz";
const CAPITALS = SMALL.toUpperCase();
const ALPHABETS = {
  mixed: CAPITALS + SMALL + DIGITS,
  small: SMALL + DIGITS,
  capital: `${CAPITALS}234567`,
  hex: `${DIGITS}abcdef`,
} as const;
type Alphabet = keyof typeof ALPHABETS;

/** Letters and digits by a linear congruential generator (Numerical Recipes, ranqd1); each begins with a letter and a digit. */
function run(alphabet: Alphabet, length: number, seed: number): string {
  let state = (seed * 2_654_435_761) >>> 0;
  const letters = ALPHABETS[alphabet];
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return letters[Math.floor((state / 2 ** 32) * letters.length)] ?? "";
  };
  const begin = alphabet === "capital" ? "Q7" : alphabet === "mixed" ? "kT7" : "f9";
  return begin + Array.from({ length: length - begin.length }, next).join("");
}

/** `%` is where the invented part stands, `¦` is left out: it keeps the form from being one in this file. */
function form(name: string, pattern: string, alphabet: Alphabet, length: number): Form {
  return {
    name,
    invent: (seed) => {
      const invented = run(alphabet, length, seed);
      const text = pattern.replaceAll("¦", "").replaceAll("%", invented);
      return { text, marks: [invented.slice(0, 8), invented.slice(-8)] };
    },
  };
}

/** Tokens that their vendors gave a form of their own. */
const TOKENS: readonly Form[] = [
  form("AWS access key id", "AK¦IA%", "capital", 16),
  form("AWS temporary key id", "AS¦IA%", "capital", 16),
  form("AWS secret access key", "aws_secret_access_key=%", "mixed", 40),
  form("AWS session token", "IQoJb3JpZ2luX2Vj%", "mixed", 200),
  form("AWS MWS key", "am¦zn.mws.4ea38b7b-f563-7709-4bae-%", "hex", 12),
  form("Amazon Bedrock key", "AB¦SK%", "mixed", 110),
  form("Google API key", "AI¦za%", "mixed", 35),
  form("Google OAuth token", "ya¦29.%", "mixed", 60),
  form("Google OAuth secret", "GO¦CSPX-%", "mixed", 28),
  form("Azure storage key", "AccountKey=%==;EndpointSuffix=core.windows.net", "mixed", 86),
  form("Azure AD client secret", "%~Q~x8Q~%", "mixed", 20),
  form("Azure SAS signature", "https://acct.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig=%%3D", "mixed", 43),
  form("GitHub personal token", "gh¦p_%", "mixed", 36),
  form("GitHub OAuth token", "gh¦o_%", "mixed", 36),
  form("GitHub app token", "gh¦s_%", "mixed", 36),
  form("GitHub refresh token", "gh¦r_%", "mixed", 76),
  form("GitHub fine-grained token", "github_¦pat_11ABCDEFG0%", "mixed", 59),
  form("GitLab personal token", "gl¦pat-%", "mixed", 20),
  form("GitLab deploy token", "gl¦dt-%", "mixed", 20),
  form("GitLab runner token", "gl¦rt-%", "mixed", 20),
  form("Slack bot token", "xo¦xb-123456789012-123456789012-%", "mixed", 24),
  form("Slack user token", "xo¦xp-123456789012-123456789012-123456789012-%", "hex", 32),
  form("Slack app token", "xa¦pp-1-A0123456789-1234567890123-%", "hex", 64),
  form("Slack webhook", "https://hooks.sla¦ck.com/services/T01234567/B01234567/%", "mixed", 24),
  form("Discord webhook", "https://disc¦ord.com/api/webhooks/123456789012345678/%", "mixed", 68),
  form("Teams webhook", "https://corp.webhook.off¦ice.com/webhookb2/%@tenant/IncomingWebhook/x/y", "hex", 32),
  form("Telegram bot token", "123456789:AA%", "mixed", 33),
  form("Stripe live key", "sk_¦live_%", "mixed", 24),
  form("Stripe restricted key", "rk_¦live_%", "mixed", 24),
  form("Stripe webhook secret", "wh¦sec_%", "mixed", 32),
  form("Square token", "sq0¦csp-%", "mixed", 43),
  form("PayPal Braintree token", "access_token$production$%$0123456789abcdef0123456789abcdef", "small", 16),
  form("SendGrid key", "SG¦.%.%", "mixed", 22),
  form("Mailgun key", "ke¦y-%", "hex", 32),
  form("Mailchimp key", "%-us12", "hex", 32),
  form("Twilio key", "S¦K%", "hex", 32),
  form("OpenAI key", "sk¦-proj-%T3BlbkFJ%", "mixed", 20),
  form("Anthropic key", "sk¦-ant-api03-%AA", "mixed", 93),
  form("Hugging Face token", "hf¦_%", "mixed", 34),
  form("npm token", "npm¦_%", "mixed", 36),
  form("PyPI token", "pypi¦-AgEIcHlwaS5vcmc%", "mixed", 60),
  form("RubyGems key", "rubyg¦ems_%", "hex", 48),
  form("Docker Hub token", "dckr_¦pat_%", "mixed", 27),
  form("DigitalOcean token", "dop_¦v1_%", "hex", 64),
  form("Shopify token", "shp¦at_%", "hex", 32),
  form("Databricks token", "da¦pi%", "hex", 32),
  form("HashiCorp Vault token", "hv¦s.%", "mixed", 90),
  form("Terraform Cloud token", "%.atlas¦v1.%", "mixed", 14),
  form("Grafana service account", "gl¦sa_%_1a2b3c4d", "mixed", 32),
  form("New Relic key", "NR¦AK-%", "capital", 27),
  form("Datadog key", "DD_API_KEY=%", "hex", 32),
  form("Sentry DSN", "https://%@o123456.ingest.sentry.io/1234567", "hex", 32),
  form("Linear key", "lin_¦api_%", "mixed", 40),
  form("Notion token", "secret_%", "mixed", 43),
  form("Figma token", "fi¦gd_%", "mixed", 40),
  form("Postman key", "PM¦AK-%-%", "hex", 24),
  form("Atlassian token", "ATA¦TT3xFfGF0%", "mixed", 170),
  form("PlanetScale token", "pscale_¦tkn_%", "mixed", 43),
  form("Tailscale key", "tskey-¦auth-kAbCdEf-%", "mixed", 32),
  form("Heroku key", "HEROKU_API_KEY=01234567-89ab-cdef-0123-%", "hex", 12),
  form("Doppler token", "dp¦.pt.%", "mixed", 43),
  form("age secret key", "AGE-SEC¦RET-KEY-1%", "capital", 58),
  form("JSON Web Token", "ey¦JhbGciOiJIUzI1NiJ9.ey¦JzdWIiOiJhIn0.%", "mixed", 43),
  form("private key in PEM", "-----BEGIN RSA PRI¦VATE KEY-----\nMIIE%\n%\n-----END RSA PRI¦VATE KEY-----", "mixed", 60),
  form("private key on one line", "-----BEGIN PRI¦VATE KEY-----\\nMIIE%\\n-----END PRI¦VATE KEY-----", "mixed", 60),
];

/** Secrets that only their surroundings give away. */
const WRITTEN: readonly Form[] = [
  form("option with a value", "--db-password=%", "mixed", 12),
  form("option and value in one argument", "--api-token %", "mixed", 12),
  form("short option with a value behind it", "-p%", "mixed", 12),
  form("user and password of curl", "-u admin:%", "mixed", 12),
  form("authorization header", "Authorization: Bearer %", "mixed", 40),
  form("basic authorization", "Authorization: Basic %==", "mixed", 30),
  form("header of an API key", "X-Api-Key: %", "small", 16),
  form("cookie", "Cookie: sid=%; Path=/", "mixed", 26),
  form("assignment in a shell", "export DB_PASS='%'", "mixed", 12),
  form("password in JSON", '{"password": "%"}', "mixed", 12),
  form("password in YAML", "password: %", "mixed", 12),
  form("Postgres URL", "postgres://app:%@db.corp:5432/shop", "mixed", 12),
  form("MySQL URL", "mysql://root:%@10.0.0.9/shop?ssl=true", "mixed", 12),
  form("MongoDB URL", "mongodb+srv://app:%@cluster0.ab1cd.mongodb.net/?retryWrites=true", "mixed", 12),
  form("Redis URL without a user", "redis://:%@cache:6379/0", "mixed", 12),
  form("AMQP URL", "amqp://app:%@mq:5672/shop", "mixed", 12),
  form("password with @ in a URL", "postgres://app:p@ss%@db/shop", "mixed", 12),
  form("password with / in a URL", "postgres://app:p/s%@db/shop", "mixed", 12),
  form("connection string of ADO.NET", "Server=db;Database=shop;User Id=app;Password=%;", "mixed", 12),
  form("connection string with Pwd", "Driver={ODBC};Uid=app;Pwd=%", "mixed", 12),
  form("JDBC URL", "jdbc:mysql://db/shop?user=app&password=%", "mixed", 12),
  form(
    "presigned S3 address",
    "https://b.s3.amazonaws.com/k?X-Amz-Credential=x%2F20260101&X-Amz-Signature=%",
    "hex",
    64,
  ),
  form(
    "presigned CloudFront address",
    "https://d1.cloudfront.net/k?Expires=1&Signature=%__&Key-Pair-Id=K1",
    "mixed",
    64,
  ),
  form("secret with no form at all", "%", "small", 10),
  form("passphrase with blanks", "correct %zq horse %zq battery", "small", 8),
  form("secret between known words", "gunicorn --workers 4 --proxy-protocol %", "mixed", 14),
];

export const FORMS: readonly Form[] = [...TOKENS, ...WRITTEN];
/** Those that can be told from a name by themselves, for places in which names must stay. */
export const TOKEN_FORMS = TOKENS;
