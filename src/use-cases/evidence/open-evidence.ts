// Hands a file out that proves a change or a request: it may show an identity card, so that who opened it is on record.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { EvidenceSubject } from './keep-evidence.ts';

/** The kept file with its plain bytes. Throws NotFound for one that is gone; the caller has asked whether the actor may have it. */
export async function openEvidence(
  deps: Pick<Deps, 'keptFiles' | 'events' | 'transaction' | 'now'>,
  { actor, fileId, about }: { actor: Actor; fileId: string; about: EvidenceSubject },
): Promise<Awaited<ReturnType<Deps['keptFiles']['read']>>> {
  const file = await deps.keptFiles.read(fileId);
  await deps.transaction(() =>
    deps.events.record({
      what: 'evidence.opened',
      who: actor,
      about,
      when: deps.now(),
      evidenceId: fileId,
    }),
  );
  return file;
}
