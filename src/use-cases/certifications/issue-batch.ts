// A second person approves a batch: eligibility is judged again, numbers are given, facts are frozen, prints are prepared.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { requireSecondPerson } from '../../domain/accounts/second-person.ts';
import {
  decideBatch,
  handsOnBatch,
  type CertificateBatch,
} from '../../domain/certifications/certificate-batch.ts';
import { moveAssessment } from '../../domain/certifications/assessment.ts';
import type { Certificate } from '../../domain/certifications/certificate.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { composeCertificate, type Holder, type IssueContext } from './compose-certificate.ts';
import { judgeCandidates, type JudgeDeps, type JudgedCandidate } from './judge-candidates.ts';
import { composePrint } from './compose-print.ts';
import { takeNumbers } from './take-numbers.ts';

export type IssueDeps = JudgeDeps &
  Pick<
    Deps,
    | 'certificateBatches'
    | 'certificates'
    | 'prints'
    | 'people'
    | 'serials'
    | 'events'
    | 'jobs'
    | 'cipher'
    | 'config'
    | 'transaction'
    | 'now'
    | 'newId'
    | 'newToken'
    | 'documents'
  >;

/**
 * The issued batch; its assessment is locked. Candidates no longer eligible, or with a character no font has, are left out with the reason.
 * Throws NotAllowed when the actor had a part in it, RuleBroken certificates.batchDecided when another
 * approver was first, certificates.nobodyEligible when nobody is left.
 */
export async function issueBatch(
  deps: IssueDeps,
  command: { actor: Actor; batchId: string; printFiles?: boolean },
): Promise<CertificateBatch> {
  return deps.transaction(async () => {
    const { actor } = command;
    const before = await deps.certificateBatches.get(actor.scope, command.batchId);
    const now = deps.now();
    const issuedOn = dayOf(now);
    const decided = decideBatch(before, 'issued', { at: now, by: actor.accountId });
    const judgement = await judgeCandidates(deps, {
      scope: actor.scope,
      assessmentId: before.assessmentId,
      exceptBatch: before.id,
    });
    const inBatch = judgement.candidates.filter((one) => before.candidateIds.includes(one.candidate.id));
    const listed = inBatch.map((one) => one.candidate);
    requireSecondPerson(actor, handsOnBatch(before, judgement.assessment, listed));
    if (issuedOn < judgement.assessment.heldOn)
      throw new RuleBroken('certificates.issuedBeforeAssessment', { heldOn: judgement.assessment.heldOn });

    const leftOut = inBatch.flatMap((one) => reasonToLeaveOut(deps, one));
    const out = new Set(leftOut.map((one) => one.candidateId));
    const going = inBatch.filter((one) => !out.has(one.candidate.id));
    if (going.length === 0) throw new RuleBroken('certificates.nobodyEligible');

    await deps.people.hold(going.map((one) => one.candidate.personId));
    const context: IssueContext = { judgement, batch: before, issuedOn, now, reference: deps.reference };
    const numbers = await takeNumbers(deps, { ...context, count: going.length });
    const holders = await holdersOf(
      deps,
      going.map((one) => one.candidate.personId),
    );
    const certificates: Certificate[] = going.map((one, index) =>
      composeCertificate(deps, context, one, numbers[index]!, holders.get(one.candidate.personId)!),
    );
    const flow = await deps.serials.take(`print:${issuedOn.slice(0, 4)}`, certificates.length);
    const prints = certificates.map((certificate, index) =>
      composePrint(deps, certificate, { serial: flow + index, madeOn: issuedOn, remark: null }),
    );
    const linked = certificates.map((certificate, index) => ({
      ...certificate,
      currentPrintId: prints[index]!.id,
    }));
    await deps.certificates.addMany(linked);
    await deps.prints.addMany(prints);
    const settled = inBatch.map((one) => ({
      ...one.candidate,
      batchId: null,
      certificateId:
        linked.find((c) => c.candidateId === one.candidate.id)?.id ?? one.candidate.certificateId,
    }));
    await deps.candidates.saveMany(settled);
    const { assessment } = judgement;
    const locked = moveAssessment(assessment, 'locked', { at: now, by: actor.accountId });
    if (locked !== assessment) await deps.assessments.save(locked);
    const batch = await deps.certificateBatches.save({
      ...decided,
      certificateIds: linked.map((one) => one.id),
      leftOut,
    });
    await deps.events.record({
      what: 'certificateBatch.issued',
      who: actor,
      about: { kind: 'certificateBatch', id: batch.id },
      when: now,
      after: { number: batch.number, certificates: linked.map((one) => one.number), leftOut: leftOut.length },
    });
    if (command.printFiles ?? true) {
      await deps.jobs.queue(
        {
          kind: 'certificate-files',
          accountId: actor.accountId,
          titleKey: 'certificates.makingFiles',
          titleDetails: { number: batch.number },
          payload: { batchId: batch.id },
          total: linked.length,
          resultPath: `/certificate-batches/${batch.id}`,
        },
        now,
      );
    }
    return batch;
  });
}

async function holdersOf(
  deps: Pick<Deps, 'people'>,
  personIds: readonly string[],
): Promise<Map<string, Holder>> {
  const [people, documents] = [
    await deps.people.byIds(district, personIds),
    await deps.people.openDocumentNumbers(district, personIds),
  ];
  return new Map(
    [...people.values()].map((person) => {
      const document = documents.get(person.id)!;
      return [
        person.id,
        { nameKey: person.nameKey, documentType: document.documentType, documentNumber: document.number },
      ];
    }),
  );
}

function reasonToLeaveOut(
  deps: Pick<Deps, 'documents'>,
  one: JudgedCandidate,
): { candidateId: string; code: string; detail: string }[] {
  const { candidate } = one;
  const unmet = one.unmet[0];
  if (unmet !== undefined)
    return [{ candidateId: candidate.id, code: 'certificates.noLongerEligible', detail: '' }];
  const missing = deps.documents.findMissingGlyphs(candidate.name);
  if (missing.length > 0)
    return [{ candidateId: candidate.id, code: 'certificates.glyphMissing', detail: missing.join('') }];
  return [];
}
