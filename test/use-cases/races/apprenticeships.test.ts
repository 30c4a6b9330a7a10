import { expect } from 'chai';
import type { Actor } from '../../../src/domain/accounts/actor.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import type { Programme } from '../../../src/domain/apprenticeships/programme.ts';
import { draftProgramme } from '../../../src/use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../../src/use-cases/apprenticeships/enrol-apprentices.ts';
import {
  fileProgramme,
  returnProgramme,
  submitProgramme,
} from '../../../src/use-cases/apprenticeships/move-programme.ts';
import { aProgramme, anApprentice } from '../../support/apprenticeships.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anIdNumber } from '../../support/rosters.ts';
import { openWorld, type World } from '../../support/world.ts';
import { fiftyTimes, oneWins } from './race.ts';

describe('use-cases/races/apprenticeships', function () {
  this.timeout(120_000);
  let world: World;
  let enterprises: { id: string; staff: Actor }[];
  let officers: Actor[];
  before(async () => {
    world = await openWorld('2021-04-01');
    const { deps } = world;
    enterprises = [];
    for (let index = 0; index < 2; index += 1) {
      const { id } = await anOrganisation(deps, { capacities: ['enterprise'] });
      enterprises.push({ id, staff: await anActor(deps, 'enterpriseStaff', { organisationId: id }) });
    }
    officers = [await anActor(deps, 'bureauOfficer'), await anActor(deps, 'bureauOfficer')];
  });
  after(() => world.close());

  const programmeOf = (index: number, plannedCount = 10) =>
    draftProgramme(world.deps, {
      actor: enterprises[index]!.staff,
      enterpriseId: enterprises[index]!.id,
      facts: aProgramme({ plannedCount }),
    });
  const enrolOne = (index: number, programme: Programme, documentNumber = anIdNumber('1995-05-06')) =>
    enrolApprentices(world.deps, {
      actor: enterprises[index]!.staff,
      programmeId: programme.id,
      enrolledOn: '2021-04-01',
      rows: [anApprentice('学徒一', { documentNumber })],
    });
  const apprenticesOf = (programme: Programme) =>
    world.deps.apprentices.count(district, { programmeId: programme.id });

  it('makes a person an apprentice of one of two enterprises', async () => {
    const [a, b] = [await programmeOf(0, 60), await programmeOf(1, 60)];
    await fiftyTimes(async (turn) => {
      const documentNumber = anIdNumber('1995-05-06');
      await oneWins(
        () => enrolOne(0, a, documentNumber),
        () => enrolOne(1, b, documentNumber),
        ['apprenticeships.alreadyActive'],
        turn,
      );
    });
    expect((await apprenticesOf(a)) + (await apprenticesOf(b))).to.equal(50);
  });

  it('keeps a programme within its planned count', async () => {
    await fiftyTimes(async (turn) => {
      const programme = await programmeOf(0, 1);
      const attempt = () => enrolOne(0, programme);
      await oneWins(attempt, attempt, ['apprenticeships.overPlanned'], turn);
      expect(await apprenticesOf(programme)).to.equal(1);
    });
  });

  it('files everybody who comes in while the programme is handed in, or refuses them', async () => {
    const { deps } = world;
    await fiftyTimes(async (turn) => {
      const programme = await programmeOf(0);
      await enrolOne(0, programme);
      const handIn = async () => {
        await submitProgramme(deps, { actor: enterprises[0]!.staff, programmeId: programme.id });
        await fileProgramme(deps, { actor: officers[0]!, programmeId: programme.id });
      };
      const [filed, enrolled] = await Promise.allSettled([handIn(), enrolOne(0, programme)]);
      expect(filed.status, `turn ${turn}`).to.equal('fulfilled');
      const refused = enrolled.status === 'rejected';
      if (refused) expect(enrolled.reason).to.have.property('code', 'apprenticeships.notEditable');
      const active = await deps.apprentices.count(district, { programmeId: programme.id, status: 'active' });
      expect(active).to.equal(refused ? 1 : 2);
      expect(await apprenticesOf(programme)).to.equal(active);
    });
  });

  it('files a programme once, and never what a colleague returns at the same time', async () => {
    const { deps } = world;
    await fiftyTimes(async (turn) => {
      const programme = await programmeOf(0);
      await enrolOne(0, programme);
      await submitProgramme(deps, { actor: enterprises[0]!.staff, programmeId: programme.id });
      const file = (actor: Actor) => () => fileProgramme(deps, { actor, programmeId: programme.id });
      const other =
        turn % 2 === 0
          ? file(officers[1]!)
          : () => returnProgramme(deps, { actor: officers[1]!, programmeId: programme.id, reason: '补合同' });
      const { index } = await oneWins(file(officers[0]!), other, ['apprenticeships.cannotMove'], turn);
      const active = await deps.apprentices.count(district, { programmeId: programme.id, status: 'active' });
      expect(active).to.equal(turn % 2 === 1 && index === 1 ? 0 : 1);
    });
  });
});
