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
    const person = await deps.people.get({ kind: 'self', personId }, personId);
    const { learnerNumber } = person;
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
      const records = [...(await deps.personMerges.joinedWith([personId]))];
      await deps.people.removeContact(records);
      await deps.enrolments.forgetHouseholds(records);
      await deps.personMerges.forgetContact(records);
      await forgetUploaded(
        deps,
        records,
        enrolments.map((one) => one.sessionId),
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

/** Rows name the person under any document that one of the records has. */
async function forgetUploaded(
  deps: Pick<Deps, 'people' | 'rosterImports'>,
  records: readonly string[],
  sessionIds: readonly string[],
): Promise<void> {
  for (const person of (await deps.people.byIds(district, records)).values())
    await deps.rosterImports.forgetMobile(sessionIds, {
      personId: person.id,
      documentType: person.documentType,
      documentNumber: deps.people.openNumber(person, 'documentNumber'),
    });
}
