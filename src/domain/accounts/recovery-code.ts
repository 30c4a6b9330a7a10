// Recovery codes stand in for a lost telephone, each once.
export const recoveryCodeCount = 10;
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const letters = 12;

/** A code of twelve letters in groups of four, about 59 random bits. */
export function makeRecoveryCode(randomBytes: (size: number) => Uint8Array): string {
  let text = '';
  while (text.length < letters)
    for (const byte of randomBytes(letters))
      if (byte < alphabet.length * 8 && text.length < letters) text += alphabet[byte % alphabet.length]!;
  return text.replace(/(.{4})(?=.)/g, '$1-');
}

/** The code as it is hashed, however it was typed; null when it cannot be one. */
export function normaliseRecoveryCode(typed: string): string | null {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  return text.length === letters ? text : null;
}
