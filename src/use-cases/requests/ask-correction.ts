// A person who proved themselves asks for a fact to be corrected; the bureau decides.
import type { Deps } from '../../deps.ts';
import { holder } from '../../domain/accounts/without-account.ts';
import {
  openRequestLimit,
  type CorrectableFact,
  type SubjectRequest,
} from '../../domain/people/subject-request.ts';
import { mediaTypeOf } from '../../domain/shared/file-kind.ts';
import { InvalidInput, RuleBroken } from '../../domain/shared/errors.ts';

export interface AskCorrection {
  readonly personId: string;
  readonly fact: CorrectableFact;
  readonly wanted: string;
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null;
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
  const type = file === null ? null : mediaTypeOf(file.bytes);
  if (file !== null && type === null) throw new InvalidInput([{ field: 'file', code: 'requests.fileKind' }]);
  return deps.transaction(async () => {
    const { learnerNumber } = await deps.people.get({ kind: 'self', personId }, personId);
    const open = (await deps.subjectRequests.ofPerson(personId)).filter((one) => one.status === 'submitted');
    if (open.length >= openRequestLimit) throw new RuleBroken('requests.tooMany');
    const now = deps.now();
    const kept =
      file === null
        ? null
        : await deps.keptFiles.keep({ name: file.name, type: type!, bytes: file.bytes, at: now });
    const request: SubjectRequest = {
      id: deps.newId(),
      version: 0,
      number: `Q-${await deps.serials.take('subjectRequest')}`,
      personId,
      learnerNumber,
      kind: 'correction',
      fact,
      wantedSealed: deps.people.seal(wanted),
      fileId: kept?.id ?? null,
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
      after: { number: request.number, fact, file: kept !== null },
    });
    return request;
  });
}
