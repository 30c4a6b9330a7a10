// A claim code proves a holder without an account: 16 letters and digits nobody confuses, about 78 random bits.

/** No 0 O 1 I L U V: nothing that is misread from a slip. */
export const claimAlphabet = '23456789ABCDEFGHJKMNPQRSTWXYZ';
export const claimLength = 16;

/** The code for random bytes (at least 32); bytes that would bias a letter are skipped, null when too few are left. */
export function composeClaimCode(random: Uint8Array): string | null {
  const limit = 256 - (256 % claimAlphabet.length);
  let code = '';
  for (const byte of random) {
    if (byte >= limit) continue;
    code += claimAlphabet[byte % claimAlphabet.length]!;
    if (code.length === claimLength) return code;
  }
  return null;
}

/** A typed code as it is hashed: spaces and hyphens away, upper case. */
export function normaliseClaimCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** The code in groups of four, as slips show it. */
export function groupClaimCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}
