// A person who proved themselves asks for a fact to be corrected; the bureau decides.
import type { Deps } from '../../deps.ts';
import { holder } from '../../domain/accounts/without-account.ts';
import {
  openRequestLimit,
  type CorrectableFact,
  type SubjectRequest,
} from '../../domain/people/subject-request.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { keepEvidence, type EvidenceFile } from '../evidence/keep-evidence.ts';

export interface AskCorrection {
  readonly personId: string;
  readonly fact: CorrectableFact;
  readonly wanted: string;
  readonly file: EvidenceFile | null;
}

/** The request. Throws InvalidInput for a file that is no PDF, PNG or JPEG, RuleBroken requests.tooMany. */
export async function askCorrection(
  deps: Pick<
    Deps,
    'people' | 'subjectRequests' | 'keptFiles' | 'serials' | 'events' | 'transaction' | 'now' | 'newId'
  >,
  command: AskCorrection,
): Promise<SubjectRequest> {
  const { personId, fact, wanted, file } = command;
  return deps.transaction(async () => {
    const { learnerNumber } = await deps.people.get({ kind: 'self', personId }, personId);
    const open = (await deps.subjectRequests.ofPerson(personId)).filter((one) => one.status === 'submitted');
    if (open.length >= openRequestLimit) throw new RuleBroken('requests.tooMany');
    const now = deps.now();
    const id = deps.newId();
    const fileId = await keepEvidence(deps, file, [{ kind: 'subjectRequest', id }]);
    const request: SubjectRequest = {
      id,
      version: 0,
      number: `Q-${await deps.serials.take('subjectRequest')}`,
      personId,
      learnerNumber,
      kind: 'correction',
      fact,
      wantedSealed: deps.people.seal(wanted),
      fileId,
      status: 'submitted',
      outcomes: [],
      createdAt: now,
      decidedAt: null,
      decidedByName: null,
      answer: null,
    };
    await deps.subjectRequests.add(request);
    await deps.events.record({
      what: 'subjectRequest.correctionAsked',
      who: holder,
      about: { kind: 'person', id: personId },
      when: now,
      after: { number: request.number, fact, file: fileId !== null },
    });
    return request;
  });
}
