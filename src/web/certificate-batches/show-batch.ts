// One batch: who is in it with which figures, what was left out, and what the viewer may do next.
import type { Deps } from '../../deps.ts';
import { isSecondPerson } from '../../domain/accounts/second-person.ts';
import { handsOnBatch } from '../../domain/certifications/certificate-batch.ts';
import { bestScores } from '../../domain/certifications/assessment.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import { formatCount } from '../formatting/format-count.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { batchTags } from '../presenting/status-tags.ts';
import { paths } from '../paths.ts';

export async function showBatch(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { actor, t } = exchange;
  const batch = await deps.certificateBatches.get(actor.scope, exchange.params.id!);
  const [assessment, candidates, certificates, names] = await Promise.all([
    deps.assessments.get(actor.scope, batch.assessmentId),
    deps.candidates.find(actor.scope, { assessmentId: batch.assessmentId }, { sort: { nameSortKey: 1 } }),
    deps.certificates.find(actor.scope, { batchId: batch.id }),
    deps.organisations.namesOf([batch.evaluatorId ?? batch.centreId ?? '']),
  ]);
  const job = (await deps.jobs.ofAccount(actor.accountId)).find(
    (one) => one.payload.batchId === batch.id && (one.state === 'queued' || one.state === 'running'),
  );
  const byCandidate = new Map(certificates.map((one) => [one.candidateId, one]));
  const inBatch = candidates.filter((one) => batch.candidateIds.includes(one.id));
  const isSecond = isSecondPerson(actor, handsOnBatch(batch, assessment, candidates));
  const mayDecide = batch.status === 'proposed' && exchange.may('certificateBatch.decide');
  const score = (value: number | null) => (value === null ? '—' : formatCount(value));
  const leftOut = new Map(batch.leftOut.map((one) => [one.candidateId, one]));
  const decision = batch.statusChanges.at(-1)!;
  exchange.page(
    'certificate-batches/show',
    t('certificates.oneBatch', { number: batch.number }),
    {
      title: t('certificates.oneBatch', { number: batch.number }),
      status: batchTags[batch.status],
      lead: `${t(`certificates.kind.${batch.kind}`)} · ${names.get(batch.evaluatorId ?? batch.centreId ?? '') ?? ''}`,
      proposed: t('certificates.proposedByAt', {
        name: batch.proposedByName,
        when: formatShortInstant(batch.createdAt),
      }),
      returnReason: batch.status === 'returned' ? (decision.reason ?? '') : null,
      assessment: { href: paths.assessment(assessment.id), text: assessment.number },
      columns: ['name', 'theory', 'practice', 'certificate'].map((key) => ({
        label: t(`certificates.column.${key}`),
        numeric: key === 'theory' || key === 'practice',
      })),
      rows: inBatch.map((one) => {
        const best = bestScores(one.attempts);
        const certificate = byCandidate.get(one.id);
        const left = leftOut.get(one.id);
        return {
          cells: [
            one.name,
            score(best.theory),
            score(best.practice),
            certificate !== undefined
              ? { text: certificate.number, href: paths.certificate(certificate.id), tag: certificate.status }
              : left !== undefined
                ? {
                    text: exchange.explain({
                      code: left.code,
                      details: { character: left.detail, name: one.name },
                    }),
                    tag: 'excluded',
                  }
                : { text: '', tag: batch.status === 'proposed' ? 'proposed' : 'returned' },
          ],
        };
      }),
      approve:
        mayDecide && isSecond
          ? {
              action: paths.batchApproval(batch.id),
              text: t('certificates.approve', { count: batch.candidateIds.length }),
            }
          : null,
      sendBack: mayDecide && isSecond ? { action: paths.batchReturn(batch.id) } : null,
      secondPersonNote:
        batch.status === 'proposed' && !(mayDecide && isSecond) ? t('certificates.secondPersonNote') : null,
      reason: typeof state.values.reason === 'string' ? state.values.reason : '',
      job:
        job === undefined
          ? null
          : { id: job.id, done: job.done, total: job.total, since: job.createdAt, href: paths.job(job.id) },
      files:
        batch.status === 'issued'
          ? {
              zip: paths.batchZip(batch.id),
              print: paths.batchPrint(batch.id),
              slips: exchange.may('claimSlip.print') ? paths.claimSlips(batch.id) : null,
            }
          : null,
    },
    {
      ...formOptions(state),
      breadcrumb: [{ href: paths.certificateBatches(), text: t('certificates.batches') }],
    },
  );
}
