/** The id as a name of the code: "slow-dns" is slowDns. */
export function camel(id: string): string {
  return id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** "slow-dns" is "slow dns". */
export function words(id: string): string {
  return id.replaceAll("-", " ");
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
