// An enterprise drafts an apprenticeship programme, or a bureau officer enters one from paper.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { activeStatuses } from '../../domain/apprenticeships/apprentice.ts';
import { isProgrammeEditable, withEditor, type Programme } from '../../domain/apprenticeships/programme.ts';
import { Conflict, RuleBroken } from '../../domain/shared/errors.ts';

export type ProgrammeFacts = Pick<
  Programme,
  | 'schoolId'
  | 'schoolName'
  | 'occupationCode'
  | 'targetLevel'
  | 'startsOn'
  | 'termMonths'
  | 'plannedCount'
  | 'classHoursPerYear'
  | 'areaCode'
>;

type DraftDeps = Pick<
  Deps,
  'programmes' | 'organisations' | 'serials' | 'events' | 'transaction' | 'now' | 'newId'
>;

/** The drafted programme of an enterprise in the actor's scope; throws NotFound when it is not, RuleBroken apprenticeships.notAnEnterprise. */
export async function draftProgramme(
  deps: DraftDeps,
  command: { actor: Actor; enterpriseId: string; facts: ProgrammeFacts },
): Promise<Programme> {
  return deps.transaction(async () => {
    const { actor, facts } = command;
    const enterprise = await deps.organisations.get(actor.scope, command.enterpriseId);
    if (!enterprise.capacities.includes('enterprise'))
      throw new RuleBroken('apprenticeships.notAnEnterprise');
    const now = deps.now();
    const year = facts.startsOn.slice(0, 4);
    const serial = await deps.serials.take(`programme:${year}`);
    const programme: Programme = {
      ...facts,
      id: deps.newId(),
      version: 0,
      number: `XT${year}-${String(serial).padStart(4, '0')}`,
      enterpriseId: enterprise.id,
      areaCode: facts.areaCode ?? enterprise.areaCode,
      filedOn: null,
      status: 'draft',
      statusChanges: [{ to: 'draft', at: now, by: actor.accountId }],
      createdBy: actor.accountId,
      submittedBy: null,
      editedBy: [],
      enteredByBureau: actor.scope.kind === 'district',
      createdAt: now,
      changedAt: now,
    };
    await deps.programmes.add(programme);
    await deps.events.record({
      what: 'programme.drafted',
      who: actor,
      about: { kind: 'programme', id: programme.id },
      when: now,
      after: { number: programme.number },
    });
    return programme;
  });
}

/**
 * The programme with other facts while it is a draft or returned. Throws Conflict when the form was opened at an older version,
 * RuleBroken apprenticeships.notEditable, apprenticeships.overPlanned (fewer planned than there are).
 */
export async function changeProgramme(
  deps: DraftDeps & Pick<Deps, 'apprentices' | 'guards'>,
  command: { actor: Actor; programmeId: string; version: number; facts: ProgrammeFacts },
): Promise<Programme> {
  return deps.transaction(async () => {
    await deps.guards.take(`programme:${command.programmeId}`);
    const before = await deps.programmes.get(command.actor.scope, command.programmeId);
    if (before.version !== command.version) throw new Conflict('shared.changedMeanwhile');
    if (!isProgrammeEditable(before)) throw new RuleBroken('apprenticeships.notEditable');
    const present = await deps.apprentices.count(command.actor.scope, {
      programmeId: before.id,
      status: { $in: [...activeStatuses] },
    });
    const planned = command.facts.plannedCount;
    if (planned < present) throw new RuleBroken('apprenticeships.overPlanned', { planned, count: present });
    const now = deps.now();
    const after = await deps.programmes.save({
      ...withEditor(before, command.actor.accountId),
      ...command.facts,
      changedAt: now,
    });
    await deps.events.record({
      what: 'programme.changed',
      who: command.actor,
      about: { kind: 'programme', id: before.id },
      when: now,
      before: { startsOn: before.startsOn, plannedCount: before.plannedCount },
      after: { startsOn: after.startsOn, plannedCount: after.plannedCount },
    });
    return after;
  });
}
