import { expect } from 'chai';
import { completeTrainingSession } from '../../../src/use-cases/training/complete-training-session.ts';
import type { SessionFacts } from '../../../src/use-cases/training/create-training-session.ts';
import { approveTrainingSession } from '../../../src/use-cases/training/move-training-session.ts';
import { planLessons } from '../../../src/use-cases/training/plan-lessons.ts';
import { recordPastSession } from '../../../src/use-cases/training/record-past-session.ts';
import {
  assessTrainingSession,
  closeTrainingSession,
  startTrainingSession,
} from '../../../src/use-cases/training/run-training-session.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { aLesson, enrol, refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const facts: SessionFacts = {
  name: '电工四级（2020 年第三期）',
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
  startsOn: '2020-05-06',
  endsOn: '2020-06-10',
  venue: '302 教室',
  areaCode: '320507001',
  evaluatorId: null,
};

describe('use-cases/training/record-past-session', () => {
  let world: World;
  before(async () => {
    world = await openWorld('2021-01-11');
  });
  after(() => world.close());

  it('moves through its states with the days on paper, decided by a second person, and counts for its own year', async () => {
    const { deps } = world;
    const centre = await anOrganisation(deps);
    const staff = await anActor(deps, 'centreStaff', { organisationId: centre.id });
    const officer = await anActor(deps, 'bureauOfficer');
    const session = await recordPastSession(deps, {
      actor: staff,
      centreId: centre.id,
      facts,
      submittedOn: '2020-04-10',
    });
    const sessionId = session.id;
    expect(session).to.include({ status: 'submitted', recordedFromPaper: true });
    expect(session.number).to.match(/^PX2020-\d{5}$/);
    const people = [await enrol(deps, staff, sessionId), await enrol(deps, staff, sessionId)];
    await approveTrainingSession(deps, { actor: officer, sessionId, on: '2020-04-15' });
    await startTrainingSession(deps, { actor: staff, sessionId, on: '2020-05-06' });
    const closed = await completeTrainingSession(deps, {
      actor: staff,
      sessionId,
      on: '2020-06-10',
      results: { [people[1]!.id]: 'incomplete' },
    })
      .then(() => assessTrainingSession(deps, { actor: staff, sessionId, on: '2020-06-12' }))
      .then(() => closeTrainingSession(deps, { actor: staff, sessionId, on: '2020-06-30' }));
    expect(closed.statusChanges.map((change) => change.on)).to.deep.equal([
      '2020-04-10',
      '2020-04-10',
      '2020-04-15',
      '2020-05-06',
      '2020-06-10',
      '2020-06-12',
      '2020-06-30',
    ]);
    const results = await deps.enrolments.ofSession(staff.scope, sessionId);
    expect(results.map((one) => one.status).sort()).to.deep.equal(['completed', 'incomplete']);
  });

  it('takes no lessons, no day to come, no session that is not over, and no approval by who entered it', async () => {
    const { deps } = world;
    const code = async (work: Promise<unknown>) => (await refusalOf(work)).code;
    const centre = await anOrganisation(deps);
    const officer = await anActor(deps, 'bureauOfficer');
    const session = await recordPastSession(deps, { actor: officer, centreId: centre.id, facts });
    const move = { actor: officer, sessionId: session.id };
    expect(await code(approveTrainingSession(deps, move))).to.equal('accounts.secondPerson');
    const other = { ...move, actor: await anActor(deps, 'bureauOfficer') };
    expect(await code(approveTrainingSession(deps, { ...other, on: '2021-02-01' }))).to.equal(
      'training.dayToCome',
    );
    expect(await code(planLessons(deps, { ...other, lessons: [aLesson('2020-05-06')] }))).to.equal(
      'lessons.notPlannable',
    );
    expect(
      await code(
        recordPastSession(deps, {
          actor: officer,
          centreId: centre.id,
          facts: { ...facts, endsOn: '2021-01-11' },
        }),
      ),
    ).to.equal('training.notPast');
  });
});
