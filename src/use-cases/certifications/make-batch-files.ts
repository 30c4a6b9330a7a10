// Draws the PDFs of a batch one after the other; begun again, it goes on with those still missing.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import { printFileOf, type PrintFileDeps } from './make-print-file.ts';

/** Calls `advance` with the number of PDFs ready; ends early when it answers false. */
export async function makeBatchFiles(
  deps: PrintFileDeps & Pick<Deps, 'certificateBatches'>,
  batchId: string,
  advance: (done: number) => Promise<boolean>,
): Promise<void> {
  const batch = await deps.certificateBatches.get(district, batchId);
  const certificates = await deps.certificates.find(
    district,
    { batchId: batch.id },
    { sort: { nameSortKey: 1 } },
  );
  let done = 0;
  for (const certificate of certificates) {
    if (certificate.currentPrintId !== null) await printFileOf(deps, certificate, certificate.currentPrintId);
    done += 1;
    if (!(await advance(done))) return;
  }
}
