// A person who proved themselves asks for erasure: what may go goes at once, the rest is refused on its legal ground.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import { holder } from '../../domain/accounts/without-account.ts';
import {
  decideErasure,
  type ErasablePart,
  type SubjectRequest,
} from '../../domain/people/subject-request.ts';
import { recordsOfPerson } from '../people/records-of-person.ts';

/** The decided request, one outcome for each part that is kept of the person. */
export async function askErasure(
  deps: Pick<
    Deps,
    | 'people'
    | 'enrolments'
    | 'certificates'
    | 'apprentices'
    | 'rosterImports'
    | 'keptFiles'
    | 'legalHolds'
    | 'personMerges'
    | 'subjectRequests'
    | 'serials'
    | 'events'
    | 'transaction'
    | 'now'
    | 'newId'
  >,
  { personId }: { personId: string },
): Promise<SubjectRequest> {
  return deps.transaction(async () => {
    const { learnerNumber } = await deps.people.get({ kind: 'self', personId }, personId);
    const [enrolments, certificates, apprentices, held, requests, records] = [
      await deps.enrolments.find(district, { personId }),
      await deps.certificates.count(district, { personId }),
      await deps.apprentices.count(district, { personId }),
      await deps.legalHolds.reach(),
      await deps.subjectRequests.ofPerson(personId),
      await recordsOfPerson(deps, personId),
    ];
    const recordIds = records.map((one) => one.personId);
    const sessionIds = [...new Set(enrolments.map((one) => one.sessionId))];
    const uploaded = await deps.rosterImports.filesAbout(sessionIds, records);
    const evidence = await deps.keptFiles.evidenceAbout('person', recordIds);
    const free = uploaded.filter((one) => !held.sessions.has(one.sessionId));
    const outcomes = decideErasure({
      underLegalHold: held.persons.has(personId),
      hasCertificates: certificates > 0,
      hasTraining: enrolments.length + apprentices > 0,
      hasUploadedFiles: uploaded.length > 0,
      hasHeldFiles: free.length < uploaded.length,
      hasHeldRows: await deps.rosterImports.areRowsHeld(sessionIds, records, held.sessions),
      hasSentFiles: requests.some((one) => one.wantedSealed !== null),
      hasOpenRequest: requests.some((one) => one.status === 'submitted'),
      hasEvidence: evidence.length > 0,
    });
    const goes = (part: ErasablePart) => outcomes.some((one) => one.part === part && one.ground === null);
    if (goes('contactData')) {
      await deps.people.removeContact(recordIds);
      await deps.enrolments.forgetHouseholds(recordIds);
      await deps.personMerges.forgetContact(recordIds);
      await deps.rosterImports.forgetContact(sessionIds, records, held.sessions);
    }
    if (!held.persons.has(personId)) {
      for (const { fileId } of free) await deps.keptFiles.forget(fileId);
      await deps.rosterImports.dropFiles(free.map(({ importId }) => importId));
    }
    if (goes('sentFiles'))
      for (const fileId of await deps.subjectRequests.forgetSent(personId))
        await deps.keptFiles.forget(fileId);
    const now = deps.now();
    const request: SubjectRequest = {
      id: deps.newId(),
      version: 0,
      number: `Q-${await deps.serials.take('subjectRequest')}`,
      personId,
      learnerNumber,
      kind: 'erasure',
      fact: null,
      wantedSealed: null,
      fileId: null,
      status: 'decided',
      outcomes,
      createdAt: now,
      decidedAt: now,
      decidedByName: null,
      answer: null,
    };
    await deps.subjectRequests.add(request);
    await deps.events.record({
      what: 'subjectRequest.erasureDecided',
      who: holder,
      about: { kind: 'person', id: personId },
      when: now,
      after: {
        number: request.number,
        ...Object.fromEntries(outcomes.map(({ part, ground }) => [part, ground ?? 'erased'])),
      },
    });
    return request;
  });
}
