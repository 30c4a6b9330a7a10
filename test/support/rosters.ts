// Sessions and rosters for tests, with synthetic identities of the unassigned division 320599.
import type { Deps } from '../../src/deps.ts';
import type { Actor } from '../../src/domain/accounts/actor.ts';
import { idCheckCharacter } from '../../src/domain/people/id-number.ts';
import type { RosterRow } from '../../src/domain/training/roster-row.ts';
import type { TrainingSession } from '../../src/domain/training/training-session.ts';
import { createTrainingSession } from '../../src/use-cases/training/create-training-session.ts';
import { anActor, anOrganisation } from './builders.ts';

let serial = 0;

/** A valid identity number nobody holds; born on the day, 1 January 1990 unless told otherwise. */
export function anIdNumber(birthDay = '1990-01-01', gender: 'male' | 'female' = 'male'): string {
  serial += 1;
  const order = (serial % 499) * 2 + (gender === 'male' ? 1 : 0);
  const shifted = new Date(Date.parse(`${birthDay}T00:00:00Z`) + Math.floor(serial / 499) * 86_400_000);
  const birth = shifted.toISOString().slice(0, 10).replaceAll('-', '');
  const first17 = `320599${birth}${String(order).padStart(3, '0')}`;
  return first17 + idCheckCharacter(first17);
}

const given = ['伟', '芳', '娜', '敏', '静', '强', '磊', '洋', '艳', '勇', '军', '杰', '娟', '涛', '明'];
const families = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙'];

/** A row of a person nobody else is; cells given replace the usual ones. */
export function aRow(number: number, cells: RosterRow['cells'] = {}): RosterRow {
  const documentNumber = cells.documentNumber ?? anIdNumber();
  const name = families[serial % 12]! + given[serial % 15]! + given[Math.floor(serial / 15) % 15]!;
  return { number, cells: { name, documentNumber, education: '大专', ...cells } };
}

export function rows(count: number): RosterRow[] {
  return Array.from({ length: count }, (_, index) => aRow(index + 2));
}

/** A drafted session from 2021-05-06 to 2021-06-10 for 45 people with the centre and a member of its staff. */
export async function aSession(
  deps: Deps,
  facts: Partial<TrainingSession> = {},
  by?: { actor: Actor; centreId: string },
): Promise<{
  session: TrainingSession;
  staff: Actor & { userName: string };
  centreId: string;
}> {
  const centreId = by?.centreId ?? (await anOrganisation(deps)).id;
  const staff = (by?.actor ?? (await anActor(deps, 'centreStaff', { organisationId: centreId }))) as Actor & {
    userName: string;
  };
  const session = await createTrainingSession(deps, {
    actor: staff,
    centreId,
    facts: {
      name: '电工四级一班',
      kind: 'upskilling',
      occupationCode: '6-31-01-03',
      trade: null,
      skillLevel: 'intermediate',
      project: null,
      subsidised: true,
      fundingSource: 'upskilling_action',
      capacity: 45,
      theoryHours: 20,
      practiceHours: 40,
      startsOn: '2021-05-06',
      endsOn: '2021-06-10',
      venue: '302 教室',
      areaCode: '320507001',
      evaluatorId: null,
      ...facts,
    },
  });
  return { session, staff, centreId };
}
