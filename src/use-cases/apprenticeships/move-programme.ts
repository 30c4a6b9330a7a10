// Moves a programme along its life cycle: handed in, filed or returned by the bureau, run and finished.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { requireSecondPerson } from '../../domain/accounts/second-person.ts';
import { activeStatuses, moveApprentice } from '../../domain/apprenticeships/apprentice.ts';
import {
  handsOnProgramme,
  isWithdrawable,
  moveProgramme,
  type Programme,
  type ProgrammeStatus,
} from '../../domain/apprenticeships/programme.ts';
import { Conflict, RuleBroken } from '../../domain/shared/errors.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { requireReason } from '../../domain/trail/sensitive-edits.ts';
import { keepEvidence, type Grounds } from '../evidence/keep-evidence.ts';

type MoveDeps = Pick<
  Deps,
  'programmes' | 'apprentices' | 'keptFiles' | 'events' | 'guards' | 'transaction' | 'now'
>;

interface Move {
  readonly actor: Actor;
  readonly programmeId: string;
  readonly reason?: string;
  /** The file that proves why, where the step takes one. */
  readonly file?: Grounds['file'];
  /** Version the page was opened at; a later one is a Conflict. */
  readonly version?: number;
}

/** The programme handed to the bureau; throws RuleBroken apprenticeships.noApprentices when the list is empty. */
export async function submitProgramme(deps: MoveDeps, command: Move): Promise<Programme> {
  return move(deps, command, 'submitted', 'programme.submitted', async (programme) => {
    const apprentices = await deps.apprentices.count(command.actor.scope, {
      programmeId: programme.id,
      status: 'registered',
    });
    if (apprentices === 0) throw new RuleBroken('apprenticeships.noApprentices');
    return { ...programme, submittedBy: command.actor.accountId };
  });
}

/** The bureau files the programme; its apprentices become active. Throws NotAllowed when the actor had a part in it. */
export async function fileProgramme(deps: MoveDeps, command: Move): Promise<Programme> {
  return move(deps, command, 'filed', 'programme.filed', async (programme) => {
    requireSecondPerson(command.actor, handsOnProgramme(programme));
    const now = deps.now();
    const change = { at: now, by: command.actor.accountId, on: dayOf(now) };
    const registered = await deps.apprentices.find(command.actor.scope, {
      programmeId: programme.id,
      status: 'registered',
    });
    for (const apprentice of registered)
      await deps.apprentices.save(moveApprentice(apprentice, 'active', change));
    return { ...programme, filedOn: dayOf(now) };
  });
}

/** The bureau hands the programme back with a reason. */
export async function returnProgramme(
  deps: MoveDeps,
  command: Move & { reason: string },
): Promise<Programme> {
  return move(deps, command, 'returned', 'programme.returned', async (programme) => {
    requireSecondPerson(command.actor, handsOnProgramme(programme));
    return programme;
  });
}

/** Training begins. */
export async function startProgramme(deps: MoveDeps, command: Move): Promise<Programme> {
  return move(deps, command, 'running', 'programme.started', async (programme) => programme);
}

/**
 * The bureau withdraws a filed programme before it runs: it counts no more from now on, and its apprentices are free for
 * another one. Throws InvalidInput for a short reason, RuleBroken apprenticeships.cannotWithdraw,
 * Conflict when the form was opened at an older version, NotAllowed when the actor had a part in the programme.
 */
export async function withdrawProgramme(
  deps: MoveDeps,
  command: Move & { reason: string; version: number },
): Promise<Programme> {
  const reason = requireReason(command.reason);
  const allow = (programme: Programme) => {
    if (!isWithdrawable(programme)) throw new RuleBroken('apprenticeships.cannotWithdraw');
    requireSecondPerson(command.actor, handsOnProgramme(programme));
  };
  const free = async (programme: Programme) => {
    const now = deps.now();
    const change = { at: now, by: command.actor.accountId, on: dayOf(now), reason };
    const held = await deps.apprentices.find(command.actor.scope, {
      programmeId: programme.id,
      status: { $in: [...activeStatuses] },
    });
    for (const apprentice of held) {
      const to = apprentice.status === 'registered' ? 'undone' : 'left';
      await deps.apprentices.save(moveApprentice(apprentice, to, change));
    }
    return programme;
  };
  return move(deps, { ...command, reason }, 'withdrawn', 'programme.withdrawn', free, allow);
}

async function move(
  deps: MoveDeps,
  command: Move,
  to: ProgrammeStatus,
  what: string,
  change: (programme: Programme) => Promise<Programme>,
  allow?: (programme: Programme) => void,
): Promise<Programme> {
  return deps.transaction(async () => {
    await deps.guards.take(`programme:${command.programmeId}`);
    const before = await deps.programmes.get(command.actor.scope, command.programmeId);
    if (command.version !== undefined && command.version !== before.version)
      throw new Conflict('shared.changedMeanwhile');
    allow?.(before);
    const now = deps.now();
    const moved = moveProgramme(before, to, {
      at: now,
      by: command.actor.accountId,
      on: dayOf(now),
      reason: command.reason,
    });
    const changed = await change(before);
    const after = await deps.programmes.save({
      ...changed,
      status: moved.status,
      statusChanges: moved.statusChanges,
      changedAt: now,
    });
    const about = { kind: 'programme', id: before.id };
    const evidenceId = await keepEvidence(deps, command.file, [about]);
    await deps.events.record({
      what,
      who: command.actor,
      about,
      when: now,
      before: { status: before.status },
      after: { status: to },
      reason: command.reason,
      evidenceId,
    });
    return after;
  });
}
