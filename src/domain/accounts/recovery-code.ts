// Recovery codes stand in for a lost telephone, each once.
export const recoveryCodeCount = 10;
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const letters = 24;
/** Codes made before: they work until they are used or replaced. */
const earlierLetters = 12;

/** A code of 24 letters in groups of four, 118 random bits: too many to be guessed from a fast hash (ASVS 6.5.2). */
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
  return [letters, earlierLetters].includes(text.length) ? text : null;
}
