import { expect } from 'chai';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { openWorld, type World } from '../../support/world.ts';
import {
  createTrainingSession,
  type SessionFacts,
} from '../../../src/use-cases/training/create-training-session.ts';
import {
  approveTrainingSession,
  returnTrainingSession,
  submitTrainingSession,
} from '../../../src/use-cases/training/move-training-session.ts';

const facts: SessionFacts = {
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
};

describe('use-cases/training/move-training-session', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it('goes from draft over submission and return to approval, with an event each', async () => {
    const { deps } = world;
    const centre = await anOrganisation(deps);
    const staff = await anActor(deps, 'centreStaff', { organisationId: centre.id });
    const officer = await anActor(deps, 'bureauOfficer');
    const session = await createTrainingSession(deps, { actor: staff, centreId: centre.id, facts });
    await submitTrainingSession(deps, { actor: staff, sessionId: session.id });
    await returnTrainingSession(deps, { actor: officer, sessionId: session.id, reason: '教室面积不足' });
    await submitTrainingSession(deps, { actor: staff, sessionId: session.id });
    const approved = await approveTrainingSession(deps, { actor: officer, sessionId: session.id });
    expect(approved.status).to.equal('approved');
    const events = await deps.events.about('trainingSession', session.id);
    expect(events.map((event) => event.what)).to.deep.equal([
      'trainingSession.drafted',
      'trainingSession.submitted',
      'trainingSession.returned',
      'trainingSession.submitted',
      'trainingSession.approved',
    ]);
  });

  it('hides another centre’s session behind NotFound', async () => {
    const { deps } = world;
    const centre = await anOrganisation(deps);
    const other = await anOrganisation(deps);
    const staff = await anActor(deps, 'centreStaff', { organisationId: centre.id });
    const stranger = await anActor(deps, 'centreStaff', { organisationId: other.id });
    const session = await createTrainingSession(deps, { actor: staff, centreId: centre.id, facts });
    const refusal = await submitTrainingSession(deps, { actor: stranger, sessionId: session.id }).catch(
      (error: Error) => error,
    );
    expect(refusal).to.have.property('name', 'NotFound');
  });

  it('refuses a session the centre is not filed for', async () => {
    const { deps } = world;
    const centre = await anOrganisation(deps);
    const staff = await anActor(deps, 'centreStaff', { organisationId: centre.id });
    const refusal = await createTrainingSession(deps, {
      actor: staff,
      centreId: centre.id,
      facts: { ...facts, occupationCode: '4-03-02-01' },
    }).catch((error: Error) => error);
    expect(refusal).to.have.property('code', 'training.notFiled');
  });

  it('lets exactly one of two approvals at once through', async () => {
    const { deps } = world;
    const centre = await anOrganisation(deps);
    const staff = await anActor(deps, 'centreStaff', { organisationId: centre.id });
    const officers = [await anActor(deps, 'bureauOfficer'), await anActor(deps, 'bureauOfficer')];
    const session = await createTrainingSession(deps, { actor: staff, centreId: centre.id, facts });
    await submitTrainingSession(deps, { actor: staff, sessionId: session.id });
    const results = await Promise.allSettled(
      officers.map((actor) => approveTrainingSession(deps, { actor, sessionId: session.id })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).to.have.length(1);
  });
});
