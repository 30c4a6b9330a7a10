// Batches: what was proposed, who decides, and the files of what was issued.
import type { Deps } from '../../deps.ts';
import { freshForm } from '../kernel/form.ts';
import { get, gives, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { approveBatchForm, returnBatchForm } from './decide-batch.ts';
import { printClaimSlipsForm, sendBatchPrint, sendBatchZip } from './batch-files.ts';
import { listBatches } from './list-batches.ts';
import { showBatch } from './show-batch.ts';

export function certificateBatchRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.certificateBatches.pattern, 'certificateBatch.list', (exchange) => listBatches(deps, exchange)),
    get(paths.certificateBatch.pattern, 'certificateBatch.list', (exchange) =>
      showBatch(deps, exchange, freshForm()),
    ),
    post(paths.batchApproval.pattern, 'certificateBatch.decide', approveBatchForm(deps)),
    post(paths.batchReturn.pattern, 'certificateBatch.decide', returnBatchForm(deps)),
    gives(
      ['zip'],
      get(paths.batchZip.pattern, 'certificate.download', (exchange) => sendBatchZip(deps, exchange)),
    ),
    gives(
      ['pdf'],
      get(paths.batchPrint.pattern, 'certificate.download', (exchange) => sendBatchPrint(deps, exchange)),
    ),
    gives(['pdf'], post(paths.claimSlips.pattern, 'claimSlip.print', printClaimSlipsForm(deps))),
  ];
}
