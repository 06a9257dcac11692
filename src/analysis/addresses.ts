/** IPv4 addresses and the blocks that hold them. Of IPv6 nothing is known here: null. */

/** A block of addresses: its first one as a number, and how many bits of it are fixed. */
interface Block {
  readonly first: number;
  readonly bits: number;
}

function blockOf(text: string): Block | null {
  const [, a, b, c, d, bits = "32"] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const parts = [a, b, c, d].map(Number);
  if (a === undefined || parts.some((part) => part > 255) || Number(bits) > 32) return null;
  return { first: parts.reduce((all, part) => all * 256 + part, 0), bits: Number(bits) };
}

/** Whether all of `inner` (an address or a block, "10.0.0.0/24") lies in `outer`; null where one of them is not IPv4. */
export function holdsAddresses(outer: string, inner: string): boolean | null {
  const [whole, part] = [blockOf(outer), blockOf(inner)];
  if (!whole || !part) return null;
  if (part.bits < whole.bits) return false;
  const size = 2 ** (32 - whole.bits);
  return Math.floor(whole.first / size) === Math.floor(part.first / size);
}
