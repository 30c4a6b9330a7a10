// The bureau corrects a person's name, seen on the document: on the record and wherever it was copied before a certificate.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { Person } from '../../domain/people/person.ts';
import { checkPersonName } from '../../domain/people/person-name.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';
import { noteDuplicates } from './note-duplicates.ts';

/**
 * The person under the right name; rosters, candidates and apprentices follow, certificates keep the name they were issued
 * under. Throws InvalidInput for a name that is none, is the same, or a reason of fewer than five characters.
 */
export async function correctPersonName(
  deps: Pick<
    Deps,
    | 'people'
    | 'duplicates'
    | 'enrolments'
    | 'candidates'
    | 'apprentices'
    | 'keptFiles'
    | 'events'
    | 'transaction'
    | 'now'
  >,
  command: { actor: Actor; personId: string; version: number; name: string } & Grounds,
): Promise<Person> {
  const { actor, personId } = command;
  const checked = checkPersonName(command.name);
  if (!checked.ok) throw new InvalidInput([{ field: 'name', code: checked.code, details: checked.details }]);
  const reason = requireReason(command.reason);
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
    const about = { kind: 'person', id: personId };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'person.nameCorrected',
      who: actor,
      about,
      when: now,
      after: { enrolments: enrolments.length },
      reason,
      evidenceId,
    });
    return after;
  });
}
