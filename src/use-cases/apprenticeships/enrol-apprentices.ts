// Puts apprentices on a programme that is still being drafted; whoever is an active apprentice anywhere is refused (C21).
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { activeStatuses, type Apprentice } from '../../domain/apprenticeships/apprentice.ts';
import { isProgrammeEditable, withEditor, type Programme } from '../../domain/apprenticeships/programme.ts';
import type { PersonFacts } from '../../domain/people/person.ts';
import { InvalidInput, RuleBroken, type FieldProblem } from '../../domain/shared/errors.ts';
import { registerPeople } from '../people/register-people.ts';

export interface ApprenticeRow {
  readonly facts: PersonFacts;
  readonly contractNumber: string | null;
  readonly contractFrom: string | null;
  readonly contractTo: string | null;
  readonly enterpriseMentor: string | null;
  readonly schoolMentor: string | null;
}

/**
 * The new apprentices, all or none. Throws InvalidInput with one problem a row (`rows.<index>`): identity conflict, already
 * an active apprentice, twice in the list; RuleBroken apprenticeships.overPlanned beyond the planned count.
 */
export async function enrolApprentices(
  deps: Pick<
    Deps,
    | 'programmes'
    | 'apprentices'
    | 'people'
    | 'duplicates'
    | 'unscoped'
    | 'serials'
    | 'guards'
    | 'events'
    | 'transaction'
    | 'now'
    | 'newId'
  >,
  command: { actor: Actor; programmeId: string; enrolledOn: string; rows: readonly ApprenticeRow[] },
): Promise<Apprentice[]> {
  return deps.transaction(async () => {
    const { actor, rows, enrolledOn } = command;
    await deps.guards.take(
      `programme:${command.programmeId}`,
      ...rows.flatMap(({ facts }) =>
        deps.people
          .documentHashes(facts.documentType, facts.documentNumber)
          .map((hash) => `apprentice:${hash}`),
      ),
    );
    const programme = await deps.programmes.get(actor.scope, command.programmeId);
    if (!isProgrammeEditable(programme)) throw new RuleBroken('apprenticeships.notEditable');
    const present = await deps.apprentices.count(actor.scope, {
      programmeId: programme.id,
      status: { $in: [...activeStatuses] },
    });
    if (present + rows.length > programme.plannedCount) {
      throw new RuleBroken('apprenticeships.overPlanned', {
        planned: programme.plannedCount,
        count: present + rows.length,
      });
    }
    const now = deps.now();
    const registered = await registerPeople(deps, {
      stated: rows.map((row) => row.facts),
      owner: { enterpriseId: programme.enterpriseId, areaCode: programme.areaCode },
      day: enrolledOn,
      now,
    });
    const personIds = registered.map((one) => one.personId);
    const busy = await deps.unscoped.activeApprentices.among(
      personIds.filter((id): id is string => id !== null),
    );
    const problems = rows.flatMap((_, index) => problemOf(personIds, index, busy));
    if (problems.length > 0) throw new InvalidInput(problems);
    const people = await deps.people.byIds(
      { kind: 'enterprise', enterpriseId: programme.enterpriseId },
      personIds as string[],
    );
    const apprentices = rows.map((row, index): Apprentice => {
      const person = people.get(personIds[index]!)!;
      return {
        ...contractOf(row),
        id: deps.newId(),
        version: 0,
        programmeId: programme.id,
        enterpriseId: programme.enterpriseId,
        areaCode: programme.areaCode,
        personId: person.id,
        name: person.name,
        nameSortKey: person.nameSortKey,
        gender: person.gender,
        birthDay: person.birthDay,
        education: person.education,
        keyGroups: person.keyGroups.filter((held) => held.from <= enrolledOn).map((held) => held.group),
        enrolledOn,
        postings: [{ programmeId: programme.id, enterpriseId: programme.enterpriseId, enrolledOn, at: now }],
        status: 'registered',
        statusChanges: [{ to: 'registered', at: now, by: actor.accountId, on: enrolledOn }],
        createdAt: now,
        changedAt: now,
      };
    });
    await deps.apprentices.addMany(apprentices);
    const edited = withEditor(programme, actor.accountId);
    if (edited !== programme) await deps.programmes.save(edited);
    await deps.events.record({
      what: 'programme.apprenticesEnrolled',
      who: actor,
      about: about(programme),
      when: now,
      after: { apprentices: apprentices.length },
    });
    return apprentices;
  });
}

function problemOf(
  personIds: readonly (string | null)[],
  index: number,
  busy: ReadonlySet<string>,
): FieldProblem[] {
  const personId = personIds[index]!;
  const field = `rows.${index}`;
  if (personId === null)
    return [{ field, code: 'apprenticeships.identityConflict', details: { row: index + 1 } }];
  if (busy.has(personId))
    return [{ field, code: 'apprenticeships.alreadyActive', details: { row: index + 1 } }];
  const first = personIds.indexOf(personId);
  return first < index
    ? [{ field, code: 'apprenticeships.twiceInList', details: { row: index + 1, other: first + 1 } }]
    : [];
}

function contractOf({
  contractNumber,
  contractFrom,
  contractTo,
  enterpriseMentor,
  schoolMentor,
}: ApprenticeRow) {
  return { contractNumber, contractFrom, contractTo, enterpriseMentor, schoolMentor };
}

function about(programme: Programme) {
  return { kind: 'programme', id: programme.id };
}
