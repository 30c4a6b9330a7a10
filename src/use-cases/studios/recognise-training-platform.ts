// The bureau enters a training platform with its recognition.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import type { TrainingPlatform } from '../../domain/studios/training-platform.ts';
import { keepRecognition, type RecognitionFacts } from './recognise-studio.ts';

export type PlatformFacts = Pick<
  TrainingPlatform,
  'name' | 'hostId' | 'hostName' | 'industry' | 'areaCode' | 'capacity' | 'occupationCodes' | 'termEnd'
>;

/** The new platform with its first recognition. */
export async function recogniseTrainingPlatform(
  deps: Pick<Deps, 'trainingPlatforms' | 'recognitions' | 'events' | 'transaction' | 'now' | 'newId'>,
  command: { actor: Actor; facts: PlatformFacts; recognition: RecognitionFacts },
): Promise<TrainingPlatform> {
  return deps.transaction(async () => {
    const { actor, facts, recognition } = command;
    const now = deps.now();
    const platform: TrainingPlatform = {
      ...facts,
      id: deps.newId(),
      version: 0,
      tier: recognition.tier,
      status: 'recognised',
      createdBy: actor.accountId,
      createdAt: now,
      changedAt: now,
    };
    await deps.trainingPlatforms.add(platform);
    await keepRecognition(deps, actor, {
      subject: 'platform',
      subjectId: platform.id,
      kind: 'training_platform',
      areaCode: platform.areaCode,
      termEnd: facts.termEnd,
      ...recognition,
    });
    return platform;
  });
}
