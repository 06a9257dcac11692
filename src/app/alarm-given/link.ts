import type { AlarmGiven } from "./one.ts";

/** The console of the three partitions; before it may stand a region, and an account where several are signed in. */
const CONSOLE =
  /^(?:(?:(\d{12})-[\w]+\.)?([a-z]{2}(?:-[a-z]+)+-\d)\.)?console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/;

/**
 * The alarm that a link to the CloudWatch console shows; null where it leads elsewhere. Forms: "#alarmsV2:alarm/NAME",
 * the older "#alarm:alarmFilter=ANY;name=NAME" and "#s=Alarms&alarm=NAME", each on the console's host with or without a
 * region, as "deeplink.js" of a mail, and as the destination of a link of IAM Identity Center.
 */
export function consoleLink(link: string): AlarmGiven | null {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  const portal = /^#\/console\?(.*)$/.exec(url.hash)?.[1];
  if (url.hostname.endsWith(".awsapps.com") && portal !== undefined) {
    const asked = new URLSearchParams(portal);
    const found = consoleLink(asked.get("destination") ?? "");
    return found && { ...found, account: asked.get("account_id") ?? found.account };
  }
  const [host, account, region] = CONSOLE.exec(url.hostname) ?? [];
  const name = host === undefined ? null : nameIn(url.hash);
  if (name === null) return null;
  // The region of the query is what the page shows; the host's may be that of the sign-in.
  return { name, region: url.searchParams.get("region") ?? region ?? null, account: account ?? null };
}

function nameIn(hash: string): string | null {
  const raw =
    // After the name may stand a view: "?~(…)", "/edit".
    /^#alarmsV2:alarm\/([^?/]+)/.exec(hash)?.[1] ??
    /^#alarm:(?:[^;]*;)*name=([^;?]+)/.exec(hash)?.[1] ??
    /^#(?:.*&)?alarm=([^&]+)/.exec(hash)?.[1];
  return raw === undefined ? null : decoded(raw);
}

/**
 * The console writes a name as encodeURIComponent does, some pages with "$" for "%" and the per cent sign once more
 * encoded before that ("/" is "%2F", "$2F" or "$252F"), and a space as "+". A "$" or "%" that begins no such code is itself.
 */
function decoded(raw: string): string {
  const once = unescaped(raw.replaceAll("+", "%20").replace(/\$(?=[0-9A-Fa-f]{2})/g, "%"));
  return raw.includes("$25") ? unescaped(once) : once;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A per cent sign that is meant: the name was never encoded.
    return text;
  }
}
