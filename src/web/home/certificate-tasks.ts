// What waits on the home page for those who propose and approve certificates.
import { paths, withQuery } from '../paths.ts';
import type { HomeTaskSource } from './home-tasks.ts';

export const certificateTasks: readonly HomeTaskSource[] = [
  {
    key: 'home.batchesToApprove',
    action: 'certificateBatch.decide',
    isTask: true,
    href: withQuery(paths.certificateBatches(), { status: 'proposed' }),
    count: (deps, actor) => deps.certificateBatches.count(actor.scope, { status: 'proposed' }),
  },
  {
    key: 'home.batchesReturned',
    action: 'certificateBatch.propose',
    isTask: true,
    href: withQuery(paths.certificateBatches(), { status: 'returned' }),
    count: (deps, actor) => deps.certificateBatches.count(actor.scope, { status: 'returned' }),
  },
  {
    key: 'home.certificates',
    action: 'certificate.list',
    isTask: false,
    href: paths.certificates(),
    count: (deps, actor) =>
      deps.certificates.count(actor.scope, { onRecord: true, issuedOn: { $gte: '1900-01-01' } }),
  },
];
