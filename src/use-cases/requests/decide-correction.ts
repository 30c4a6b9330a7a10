// The bureau answers a request for correction: corrected, or refused with the reason.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { decideCorrection, type SubjectRequest } from '../../domain/people/subject-request.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';

/** The decided request. Throws NotFound, InvalidInput for an answer of fewer than five characters, RuleBroken requests.decidedAlready. */
export async function answerCorrection(
  deps: Pick<Deps, 'subjectRequests' | 'events' | 'transaction' | 'now'>,
  command: { actor: Actor; requestId: string; accept: boolean; answer: string },
): Promise<SubjectRequest> {
  const { actor, requestId, accept } = command;
  const answer = command.answer.trim();
  if ([...answer].length < 5) throw new InvalidInput([{ field: 'answer', code: 'requests.answerTooShort' }]);
  return deps.transaction(async () => {
    const now = deps.now();
    const request = await deps.subjectRequests.get(district, requestId);
    const decided = await deps.subjectRequests.save(
      decideCorrection(request, { accept, answer, by: actor.name, at: now }),
    );
    await deps.events.record({
      what: 'subjectRequest.answered',
      who: actor,
      about: { kind: 'person', id: request.personId },
      when: now,
      after: { number: request.number, fact: request.fact, status: decided.status },
      reason: answer,
    });
    return decided;
  });
}
