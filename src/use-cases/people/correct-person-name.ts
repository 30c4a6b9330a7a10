// The bureau corrects a person's name, seen on the document: on the record and wherever it was copied before a certificate.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { Person } from '../../domain/people/person.ts';
import { checkPersonName } from '../../domain/people/person-name.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { noteDuplicates } from './note-duplicates.ts';

/**
 * The person under the right name; rosters, candidates and apprentices follow, certificates keep the name they were issued
 * under. Throws InvalidInput for a name that is none, is the same, or a reason of fewer than five characters.
 */
export async function correctPersonName(
  deps: Pick<
    Deps,
    'people' | 'duplicates' | 'enrolments' | 'candidates' | 'apprentices' | 'events' | 'transaction' | 'now'
  >,
  command: { actor: Actor; personId: string; version: number; name: string; reason: string },
): Promise<Person> {
  const { actor, personId, reason } = command;
  const checked = checkPersonName(command.name);
  if (!checked.ok) throw new InvalidInput([{ field: 'name', code: checked.code, details: checked.details }]);
  if ([...reason.trim()].length < 5)
    throw new InvalidInput([{ field: 'reason', code: 'people.correctReasonShort' }]);
  return deps.transaction(async () => {
    const before = await deps.people.get(actor.scope, personId);
    if (before.name === checked.name) throw new InvalidInput([{ field: 'name', code: 'people.sameName' }]);
    const now = deps.now();
    await deps.people.save({
      ...before,
      version: command.version,
      name: checked.name,
      nameKey: checked.key,
      nameSortKey: '',
      changedAt: now,
    });
    const after = await deps.people.get(actor.scope, personId);
    const { name, nameSortKey } = after;
    const enrolments = await deps.enrolments.find(actor.scope, { personId });
    await deps.enrolments.saveMany(enrolments.map((one) => ({ ...one, name, nameSortKey, changedAt: now })));
    for (const one of await deps.candidates.find(actor.scope, { personId }))
      await deps.candidates.save({ ...one, name, nameSortKey });
    for (const one of await deps.apprentices.find(actor.scope, { personId }))
      await deps.apprentices.save({ ...one, name, nameSortKey, changedAt: now });
    const mobile = deps.people.openNumber(after, 'mobile');
    await noteDuplicates(deps, [{ personId, nameKey: after.nameKey, mobile, document: null }], now);
    await deps.events.record({
      what: 'person.nameCorrected',
      who: actor,
      about: { kind: 'person', id: personId },
      when: now,
      after: { enrolments: enrolments.length },
      reason,
    });
    return after;
  });
}
