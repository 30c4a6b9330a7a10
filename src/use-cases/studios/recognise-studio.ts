// The bureau enters a studio with its first recognition, an upgrade as a further recognition, renewals and changes of lead.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import {
  changeLead,
  requireHigherTier,
  type Recognition,
  type Studio,
  type Tier,
} from '../../domain/studios/studio.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';

type StudioDeps = Pick<
  Deps,
  'studios' | 'recognitions' | 'keptFiles' | 'events' | 'transaction' | 'now' | 'newId'
>;

export type StudioFacts = Pick<
  Studio,
  'name' | 'kind' | 'hostId' | 'hostName' | 'occupationCode' | 'craft' | 'areaCode' | 'members' | 'termEnd'
>;
export interface RecognitionFacts {
  readonly tier: Tier;
  readonly recognisedOn: string;
  readonly document: string;
}

/** The new studio; throws RuleBroken studios.noLead without a lead on the day of recognition. */
export async function recogniseStudio(
  deps: StudioDeps,
  command: { actor: Actor; facts: StudioFacts; recognition: RecognitionFacts },
): Promise<Studio> {
  return deps.transaction(async () => {
    const { actor, facts, recognition } = command;
    if (!facts.members.some((one) => one.role === 'lead')) throw new RuleBroken('studios.noLead');
    const now = deps.now();
    const studio: Studio = {
      ...facts,
      id: deps.newId(),
      version: 0,
      tier: recognition.tier,
      status: 'recognised',
      createdBy: actor.accountId,
      createdAt: now,
      changedAt: now,
    };
    await deps.studios.add(studio);
    await keepRecognition(deps, actor, {
      subject: 'studio',
      subjectId: studio.id,
      kind: studio.kind,
      areaCode: studio.areaCode,
      termEnd: facts.termEnd,
      ...recognition,
    });
    return studio;
  });
}

/** The studio raised to a higher tier: a new recognition, not a second studio; throws RuleBroken studios.notHigher. */
export async function upgradeStudio(
  deps: StudioDeps,
  command: { actor: Actor; studioId: string; recognition: RecognitionFacts; termEnd: string | null },
): Promise<Studio> {
  return deps.transaction(async () => {
    const { actor, recognition } = command;
    const before = await deps.studios.get(actor.scope, command.studioId);
    requireHigherTier(before, recognition.tier);
    const after = await deps.studios.save({
      ...before,
      tier: recognition.tier,
      termEnd: command.termEnd,
      changedAt: deps.now(),
    });
    await keepRecognition(deps, actor, {
      subject: 'studio',
      subjectId: before.id,
      kind: before.kind,
      areaCode: before.areaCode,
      termEnd: command.termEnd,
      ...recognition,
    });
    return after;
  });
}

/** The studio with a later end of term: no new recognition. Throws InvalidInput for a short reason, RuleBroken studios.termNotLater. */
export async function renewStudio(
  deps: StudioDeps,
  command: { actor: Actor; studioId: string; termEnd: string } & Grounds,
): Promise<Studio> {
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const before = await deps.studios.get(command.actor.scope, command.studioId);
    if (before.termEnd !== null && command.termEnd <= before.termEnd)
      throw new RuleBroken('studios.termNotLater');
    const now = deps.now();
    const after = await deps.studios.save({ ...before, termEnd: command.termEnd, changedAt: now });
    const about = { kind: 'studio', id: before.id };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'studio.renewed',
      who: command.actor,
      about,
      when: now,
      before: { termEnd: before.termEnd },
      after: { termEnd: after.termEnd },
      reason,
      evidenceId,
    });
    return after;
  });
}

/** The studio under a new lead: no new recognition. Throws InvalidInput for a short reason. */
export async function changeStudioLead(
  deps: StudioDeps,
  command: {
    actor: Actor;
    studioId: string;
    lead: { name: string; skillLevel: string | null };
    from: string;
  } & Grounds,
): Promise<Studio> {
  const reason = requireReason(command.reason);
  return deps.transaction(async () => {
    const before = await deps.studios.get(command.actor.scope, command.studioId);
    const now = deps.now();
    const after = await deps.studios.save(changeLead(before, command.lead, command.from, now));
    const about = { kind: 'studio', id: before.id };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what: 'studio.leadChanged',
      who: command.actor,
      about,
      when: now,
      after: { from: command.from },
      reason,
      evidenceId,
    });
    return after;
  });
}

/** Keeps a recognition with its event; for studios and platforms alike, inside the caller's transaction. */
export async function keepRecognition(
  deps: Pick<Deps, 'recognitions' | 'events' | 'now' | 'newId'>,
  actor: Actor,
  facts: Pick<
    Recognition,
    'subject' | 'subjectId' | 'kind' | 'tier' | 'recognisedOn' | 'document' | 'areaCode' | 'termEnd'
  >,
): Promise<void> {
  const now = deps.now();
  const recognition: Recognition = {
    ...facts,
    id: deps.newId(),
    version: 0,
    annulledAt: null,
    annulledReason: null,
    createdBy: actor.accountId,
    createdAt: now,
    changedAt: now,
  };
  await deps.recognitions.add(recognition);
  await deps.events.record({
    what: `${facts.subject}.recognised`,
    who: actor,
    about: { kind: facts.subject, id: facts.subjectId },
    when: now,
    after: { kind: facts.kind, tier: facts.tier, recognisedOn: facts.recognisedOn, document: facts.document },
  });
}
