// A receipt proves later what a check answered and when. Nothing is kept: its code is a keyed hash of the answer, which only
// the register can make again.
import { claimAlphabet, groupClaimCode } from './claim-code.ts';
import type { CheckOutcome } from './certificate.ts';

/** What a check answered: about the certificate of a normalised number, in a minute of Shanghai's clock (yyyy-mm-dd HH:mm). */
export interface CheckAnswer {
  readonly number: string;
  readonly outcome: CheckOutcome;
  readonly minute: string;
}

const codeLength = 8;

/** The answer as it is hashed. */
export function receiptText({ number, outcome, minute }: CheckAnswer): string {
  return [number, outcome, minute].join('|');
}

/** The code of eight letters and digits, in two groups, for the bytes of a keyed hash of the answer (at least eight). */
export function composeReceiptCode(keyedHash: Uint8Array): string {
  const bytes = keyedHash.subarray(0, codeLength);
  return groupClaimCode(Array.from(bytes, (byte) => claimAlphabet[byte % claimAlphabet.length]!).join(''));
}

/** Date and time as a receipt shows them, however they were typed, or null. */
export function readReceiptMinute(typed: string): string | null {
  const found = /^\s*(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D{1,3}(\d{1,2})\D(\d{2})\s*$/.exec(
    typed.normalize('NFKC'),
  );
  if (found === null) return null;
  const [year, month, day, hour, minute] = found.slice(1).map((part) => part.padStart(2, '0'));
  return `${year}-${month}-${day} ${hour}:${minute}`;
}
