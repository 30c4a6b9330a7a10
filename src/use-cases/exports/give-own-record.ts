// A holder who proved themselves takes everything held about them; that it was given is on record.
import type { Deps } from '../../deps.ts';
import { holder } from '../../domain/accounts/without-account.ts';
import { gatherSubjectRecord, type GatherDeps } from './gather-subject-record.ts';

/** All that is gathered of the person, after the event of giving it. */
export async function giveOwnRecord(
  deps: GatherDeps & Pick<Deps, 'events' | 'transaction' | 'now'>,
  personId: string,
): ReturnType<typeof gatherSubjectRecord> {
  await deps.transaction(() =>
    deps.events.record({
      what: 'person.recordGiven',
      who: holder,
      about: { kind: 'person', id: personId },
      when: deps.now(),
    }),
  );
  return gatherSubjectRecord(deps, { kind: 'self', personId }, personId);
}
