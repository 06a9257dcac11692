/** The value with every string in it replaced. */
export function everyString<T>(value: T, replace: (text: string, key: string) => string, key = ""): T {
  if (typeof value === "string") return replace(value, key) as T;
  if (Array.isArray(value)) return value.map((one) => everyString(one, replace, key)) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, everyString(inner, replace, name)]);
  return Object.fromEntries(entries) as T;
}
