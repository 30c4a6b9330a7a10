// Receipts of public checks: made with an answer, and proved by number, time and code.
import type { Deps } from '../../deps.ts';
import { normaliseClaimCode } from '../../domain/certifications/claim-code.ts';
import { checkOutcomes, type CheckOutcome } from '../../domain/certifications/certificate.ts';
import {
  composeReceiptCode,
  receiptText,
  type CheckAnswer,
} from '../../domain/certifications/check-receipt.ts';
import { countCheck, recordMissedCheck } from './check-certificate.ts';

/** The code that proves the answer. */
export function receiptOf(deps: Pick<Deps, 'cipher'>, answer: CheckAnswer): string {
  return codeOf(deps.cipher.hash('receipt', receiptText(answer)));
}

/**
 * What the check of a receipt answered, or null when number, time and code were never one receipt of this register; throws
 * TooOften after too many checks or misses of an address. Receipts end with the keys they were made under.
 */
export async function proveReceipt(
  deps: Pick<Deps, 'throttles' | 'refusalCounts' | 'cipher' | 'now'>,
  asked: { number: string; minute: string; code: string; address: string },
): Promise<CheckOutcome | null> {
  countCheck(deps, asked.address);
  const code = normaliseClaimCode(asked.code);
  const { number, minute } = asked;
  for (const outcome of checkOutcomes)
    for (const hash of deps.cipher.hashes('receipt', receiptText({ number, outcome, minute })))
      if (normaliseClaimCode(codeOf(hash)) === code) return outcome;
  await recordMissedCheck(deps, asked.address);
  return null;
}

/** A keyed hash stands behind the id of its key. */
function codeOf(keyedHash: string): string {
  return composeReceiptCode(Buffer.from(keyedHash.slice(keyedHash.indexOf('.') + 1), 'base64url'));
}
