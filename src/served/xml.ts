/** An answer of the AWS Query protocol: <OpResponse><OpResult>…, lists as <member>. */
export function xmlAnswer(operation: string, page: unknown, requestId: string): string {
  return `<${operation}Response><${operation}Result>${inner(page)}</${operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;
}

export function xmlError(code: string, message: string, requestId: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function inner(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `<member>${inner(one)}</member>`).join("");
  if (value === null || typeof value !== "object") return escaped(String(value));
  return Object.entries(value)
    .filter(([, one]) => one !== undefined && one !== null)
    .map(([key, one]) => `<${key}>${inner(one)}</${key}>`)
    .join("");
}

/** XML 1.0 has no way to write most control characters; real services do not send them either. */
function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\r/g, "&#13;");
}
