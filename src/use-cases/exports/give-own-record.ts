// A holder who proved themselves takes everything held about them; that it was given is on record.
import type { Deps } from '../../deps.ts';
import type { Certificate } from '../../domain/certifications/certificate.ts';
import { gatherSubjectRecord, type GatherDeps } from './gather-subject-record.ts';
import type { SubjectRecord } from './subject-record.ts';

/** The record and certificates of the person, after the event of giving it. */
export async function giveOwnRecord(
  deps: GatherDeps & Pick<Deps, 'events' | 'transaction' | 'now'>,
  personId: string,
): Promise<{ record: SubjectRecord; certificates: readonly Certificate[] }> {
  await deps.transaction(() =>
    deps.events.record({
      what: 'person.recordGiven',
      who: { accountId: 'holder', name: 'holder' },
      about: { kind: 'person', id: personId },
      when: deps.now(),
    }),
  );
  return gatherSubjectRecord(deps, { kind: 'self', personId }, personId);
}
