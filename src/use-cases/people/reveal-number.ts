// Shows one document number or mobile, or what a correction asks for, whole: with the right, for a purpose, as an event;
// many within an hour raise a case.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { revealsAnHour, type RevealedField, type RevealPurpose } from '../../domain/people/reveal.ts';
import type { Person } from '../../domain/people/person.ts';
import type { SubjectRequest } from '../../domain/people/subject-request.ts';
import { InvalidInput, NotFound, RuleBroken } from '../../domain/shared/errors.ts';

export interface RevealNumber {
  readonly actor: Actor;
  readonly personId: string;
  readonly field: RevealedField;
  /** The request whose wanted fact is shown, with `field` wanted. */
  readonly requestId?: string | null;
  readonly purpose: RevealPurpose;
  readonly note: string | null;
  readonly address: string;
}

/**
 * The number in clear, after it is on record that it was shown. Throws NotFound out of scope, InvalidInput on `note` for
 * another purpose without words, RuleBroken people.reveal.noMobile.
 */
export async function revealNumber(
  deps: Pick<
    Deps,
    | 'people'
    | 'subjectRequests'
    | 'cipher'
    | 'reveals'
    | 'revealCases'
    | 'serials'
    | 'events'
    | 'transaction'
    | 'now'
    | 'newId'
  >,
  command: RevealNumber,
): Promise<string> {
  const { actor, personId, field, purpose, note } = command;
  if (purpose === 'other' && [...(note ?? '')].length < 5)
    throw new InvalidInput([{ field: 'note', code: 'people.reveal.sayWhat' }]);
  const person = await deps.people.get(actor.scope, personId);
  const { number, request } = await whatIsShown(deps, command, person);
  if (number === null) throw new RuleBroken('people.reveal.noMobile');
  const now = deps.now();
  await deps.transaction(async () => {
    await deps.people.hold([personId]);
    await deps.people.get(actor.scope, personId);
    const { accountId, name } = actor;
    await deps.reveals.add({
      id: deps.newId(),
      accountId,
      accountName: name,
      personId,
      learnerNumber: person.learnerNumber,
      field,
      purpose,
      note,
      address: command.address,
      at: now,
    });
    await deps.events.record({
      what: 'person.numberRevealed',
      who: actor,
      about: { kind: 'person', id: personId },
      when: now,
      after: { field, purpose, ...(request === null ? {} : { number: request.number }) },
      reason: note ?? undefined,
    });
    await raiseCase(deps, actor, now);
  });
  return number;
}

async function whatIsShown(
  deps: Pick<Deps, 'people' | 'subjectRequests' | 'cipher'>,
  { actor, field, requestId }: RevealNumber,
  person: Person,
): Promise<{ number: string | null; request: SubjectRequest | null }> {
  if (field !== 'wanted') return { number: deps.people.openNumber(person, field), request: null };
  const request = await deps.subjectRequests.get(actor.scope, requestId ?? '');
  if (request.personId !== person.id || request.wantedSealed === null) throw new NotFound();
  return { number: deps.cipher.open(request.wantedSealed), request };
}

async function raiseCase(
  deps: Pick<Deps, 'reveals' | 'revealCases' | 'serials' | 'events' | 'newId'>,
  actor: Actor,
  now: Date,
): Promise<void> {
  const count = await deps.reveals.countSince(actor.accountId, new Date(now.getTime() - 3_600_000));
  if (count <= revealsAnHour) return;
  const open = await deps.revealCases.openOf(actor.accountId);
  if (open !== null) {
    await deps.revealCases.save({ ...open, count: open.count + 1 });
    return;
  }
  const id = deps.newId();
  const number = `R-${await deps.serials.take('revealCase')}`;
  await deps.revealCases.add({
    id,
    version: 0,
    number,
    accountId: actor.accountId,
    accountName: actor.name,
    openedAt: now,
    count,
    closedAt: null,
    closedBy: null,
    finding: null,
  });
  await deps.events.record({
    what: 'revealCase.raised',
    who: actor,
    about: { kind: 'revealCase', id },
    when: now,
    after: { number, count },
  });
}
