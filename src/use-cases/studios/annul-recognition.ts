// The bureau annuls a recognition that should not have been: figures lose it from now on, and the studio or platform stands
// by those left.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { standingBy, type Recognition } from '../../domain/studios/studio.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';

type AnnulDeps = Pick<
  Deps,
  'studios' | 'trainingPlatforms' | 'recognitions' | 'keptFiles' | 'events' | 'transaction' | 'now'
>;

/** The annulled recognition; throws InvalidInput for a short reason, RuleBroken studios.alreadyAnnulled. */
export async function annulRecognition(
  deps: AnnulDeps,
  command: { actor: Actor; recognitionId: string } & Grounds,
): Promise<Recognition> {
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const { actor } = command;
    const before = await deps.recognitions.get(actor.scope, command.recognitionId);
    if (before.annulledAt !== null) throw new RuleBroken('studios.alreadyAnnulled');
    const now = deps.now();
    const after = await deps.recognitions.save({
      ...before,
      annulledAt: now,
      annulledReason: reason,
      changedAt: now,
    });
    await standByTheRest(deps, actor, after, now);
    const about = { kind: before.subject, id: before.subjectId };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'recognition.annulled',
      who: actor,
      about,
      when: now,
      after: { tier: before.tier, recognisedOn: before.recognisedOn, document: before.document },
      reason,
      evidenceId,
    });
    return after;
  });
}

/** Saves the studio or platform always: of two acts on its recognitions at once, one meets a later version. */
async function standByTheRest(
  { studios, trainingPlatforms, recognitions }: AnnulDeps,
  { scope }: Actor,
  { subject, subjectId }: Recognition,
  changedAt: Date,
): Promise<void> {
  const standing = await recognitions.find(scope, { subjectId, annulledAt: null });
  if (subject === 'studio') {
    const studio = await studios.get(scope, subjectId);
    await studios.save({ ...standingBy(studio, standing), changedAt });
  } else {
    const platform = await trainingPlatforms.get(scope, subjectId);
    await trainingPlatforms.save({ ...standingBy(platform, standing), changedAt });
  }
}
