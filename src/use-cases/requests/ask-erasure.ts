// A person who proved themselves asks for erasure: what may go goes at once, the rest is refused on its legal ground.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import { decideErasure, type SubjectRequest } from '../../domain/people/subject-request.ts';

const holder = { accountId: 'holder', name: 'holder' };

/** The decided request, one outcome for each part that is kept of the person. */
export async function askErasure(
  deps: Pick<
    Deps,
    | 'people'
    | 'enrolments'
    | 'certificates'
    | 'apprentices'
    | 'rosterImports'
    | 'legalHolds'
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
    const person = await deps.people.get({ kind: 'self', personId }, personId);
    const { learnerNumber, documentType } = person;
    const [enrolments, certificates, apprentices, held] = [
      await deps.enrolments.find(district, { personId }),
      await deps.certificates.count(district, { personId }),
      await deps.apprentices.count(district, { personId }),
      await deps.legalHolds.reach(),
    ];
    const outcomes = decideErasure({
      underLegalHold: held.persons.has(personId),
      hasCertificates: certificates > 0,
      hasTraining: enrolments.length + apprentices > 0,
    });
    if (outcomes.some(({ part, ground }) => part === 'contactData' && ground === null)) {
      await deps.people.removeContact([personId]);
      await deps.enrolments.forgetHouseholds([personId]);
      await deps.rosterImports.forgetMobile(
        enrolments.map((one) => one.sessionId),
        { personId, documentType, documentNumber: deps.people.openNumber(person, 'documentNumber') },
      );
    }
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
