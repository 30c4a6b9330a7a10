// An apprentice pauses, resumes, leaves, or moves to another programme of a filed enterprise with history kept.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import {
  activeStatuses,
  moveApprentice,
  type Apprentice,
  type ApprenticeStatus,
} from '../../domain/apprenticeships/apprentice.ts';
import { withEditor } from '../../domain/apprenticeships/programme.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';

type ApprenticeDeps = Pick<Deps, 'programmes' | 'apprentices' | 'events' | 'guards' | 'transaction' | 'now'>;

/** The apprentice paused, resumed, finished or left on a day, with a reason. */
export async function changeApprentice(
  deps: ApprenticeDeps,
  command: {
    actor: Actor;
    apprenticeId: string;
    to: Exclude<ApprenticeStatus, 'registered'>;
    on: string;
    reason: string;
  },
): Promise<Apprentice> {
  return deps.transaction(async () => {
    const before = await deps.apprentices.get(command.actor.scope, command.apprenticeId);
    const now = deps.now();
    const { to, on, reason } = command;
    const after = await deps.apprentices.save(
      moveApprentice(before, to, { at: now, by: command.actor.accountId, on, reason }),
    );
    if (before.status === 'registered') await noteEditor(deps, command.actor, before.programmeId);
    await deps.events.record({
      what: `apprentice.${to}`,
      who: command.actor,
      about: { kind: 'apprentice', id: before.id },
      when: now,
      before: { status: before.status },
      after: { status: to, on },
      reason,
    });
    return after;
  });
}

/** The apprentice in another running or filed programme: one person still, first enrolment day kept. */
export async function transferApprentice(
  deps: ApprenticeDeps,
  command: { actor: Actor; apprenticeId: string; toProgrammeId: string; on: string; reason: string },
): Promise<Apprentice> {
  return deps.transaction(async () => {
    const before = await deps.apprentices.get(command.actor.scope, command.apprenticeId);
    if (!activeStatuses.includes(before.status)) throw new RuleBroken('apprenticeships.notActive');
    const target = await deps.programmes.get(command.actor.scope, command.toProgrammeId);
    if (target.status !== 'filed' && target.status !== 'running')
      throw new RuleBroken('apprenticeships.targetNotFiled');
    if (target.id === before.programmeId) throw new RuleBroken('apprenticeships.sameProgramme');
    const now = deps.now();
    const posting = {
      programmeId: target.id,
      enterpriseId: target.enterpriseId,
      enrolledOn: command.on,
      at: now,
    };
    const after = await deps.apprentices.save({
      ...before,
      programmeId: target.id,
      enterpriseId: target.enterpriseId,
      areaCode: target.areaCode,
      postings: [...before.postings, posting],
      changedAt: now,
    });
    await deps.events.record({
      what: 'apprentice.transferred',
      who: command.actor,
      about: { kind: 'apprentice', id: before.id },
      when: now,
      before: { programmeId: before.programmeId },
      after: { programmeId: target.id, on: command.on },
      reason: command.reason,
    });
    return after;
  });
}

/** Before a programme is filed, its apprentices are part of what will be decided. */
async function noteEditor(deps: ApprenticeDeps, actor: Actor, programmeId: string): Promise<void> {
  const programme = await deps.programmes.get(actor.scope, programmeId);
  const edited = withEditor(programme, actor.accountId);
  if (edited !== programme) await deps.programmes.save(edited);
}
