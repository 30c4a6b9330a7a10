// Addresses of databases as a person may read them: without who signs in there, and with which password.

/** An address without credentials and options; a password may hold any sign, so all up to the last @ goes. */
export function shownAddress(uri: string): string {
  return uri.replace(/^([\w+]+:\/\/)?.*@/s, '$1').replace(/\?.*$/s, '');
}

/** A message about an address that may quote it, with the address as it is shown. */
export function withShownAddress(message: string, uri: string): string {
  return message.replaceAll(uri, shownAddress(uri)).replace(/(\w+:\/\/)\S*@/g, '$1');
}
