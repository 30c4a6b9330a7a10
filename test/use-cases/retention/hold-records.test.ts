import { expect } from 'chai';
import type { Actor } from '../../../src/domain/accounts/actor.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { undoPersonMerge } from '../../../src/use-cases/people/undo-person-merge.ts';
import { askErasure } from '../../../src/use-cases/requests/ask-erasure.ts';
import { applyRetention } from '../../../src/use-cases/retention/apply-retention.ts';
import { liftLegalHold, setLegalHold } from '../../../src/use-cases/retention/hold-records.ts';
import { anActor } from '../../support/builders.ts';
import { merge, twins, type Twins } from '../../support/duplicates.ts';
import { aSession } from '../../support/rosters.ts';
import { enrol } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/retention/hold-records', function () {
  this.timeout(120_000);
  let world: World;
  let officer: Actor;
  before(async () => {
    world = await openWorld('2021-05-01');
    officer = await anActor(world.deps, 'bureauOfficer');
  });
  after(() => world.close());
  beforeEach(() => world.at('2021-05-01'));

  const hold = (id: string, kind: 'person' | 'trainingSession' = 'person') =>
    setLegalHold(world.deps, { actor: officer, kind, id, reason: '信访件未办结' });
  const undo = (mergeId: string) =>
    undoPersonMerge(world.deps, { actor: officer, mergeId, reason: '核实为两个人' });
  /** Which of the two records a hold reaches. */
  const held = async ({ ids }: Twins) => {
    const { persons } = await world.deps.legalHolds.reach();
    return ids.map((id) => persons.has(id));
  };
  const mobiles = async ({ ids }: Twins) => {
    const found = await world.deps.people.byIds(district, ids);
    return ids.map((id) => found.get(id)!.mobileSealed !== null);
  };
  /** Everything last used now comes to its end in the year 2040. */
  const retain = async () => {
    world.at('2040-01-01');
    const who = { accountId: 'system', name: 'system' };
    return (await applyRetention(world.deps, { who, only: ['contactData', 'documentNumbers'] })).map(
      ({ count, held: kept }) => ({ count, held: kept }),
    );
  };

  it('protects the records merged into a held person, and lets both go once it is lifted', async () => {
    const pair = await twins(world.deps);
    await merge(world.deps, officer, pair);
    expect(await held(pair), 'nobody yet').to.deep.equal([false, false]);
    const set = await hold(pair.ids[0]);
    expect(await held(pair)).to.deep.equal([true, true]);
    expect(await retain()).to.deep.equal([
      { count: 0, held: 2 },
      { count: 0, held: 2 },
    ]);
    expect(await mobiles(pair)).to.deep.equal([true, true]);
    await liftLegalHold(world.deps, { actor: officer, holdId: set.id, reason: '信访件已办结' });
    expect(await retain()).to.deep.equal([
      { count: 2, held: 0 },
      { count: 2, held: 0 },
    ]);
    expect(await mobiles(pair)).to.deep.equal([false, false]);
  });

  it('takes a hold on the merged record along to the kept one, and gives it back with the merge', async () => {
    const { deps } = world;
    const pair = await twins(deps);
    await hold(pair.ids[1]);
    expect(await held(pair)).to.deep.equal([false, true]);
    const done = await merge(deps, officer, pair);
    expect(await held(pair)).to.deep.equal([true, true]);
    const { outcomes } = await askErasure(deps, { personId: pair.ids[0] });
    expect(outcomes.map(({ ground }) => ground)).to.deep.equal(['legalHold', 'legalHold']);
    expect(await mobiles(pair)).to.deep.equal([true, true]);
    await undo(done.id);
    expect(await held(pair)).to.deep.equal([false, true]);
    const free = await askErasure(deps, { personId: pair.ids[0] });
    expect(free.outcomes[0]).to.deep.equal({ part: 'contactData', ground: null });
    expect(await mobiles(pair)).to.deep.equal([false, true]);
  });

  it('reaches through several merges, and the session the merged record was in', async () => {
    const { deps } = world;
    const [first, second] = [await twins(deps), await twins(deps)];
    const { session, staff } = await aSession(deps);
    const { personId } = await enrol(
      deps,
      staff,
      session.id,
      {
        name: second.facts[1].name,
        documentType: '护照',
        documentNumber: second.facts[1].documentNumber,
        birthDay: second.facts[1].birthDay!,
        gender: '男',
      },
      '日期不同',
    );
    expect(personId).to.equal(second.ids[1]);
    await hold(second.ids[1]);
    await merge(deps, officer, second);
    const third = { ids: [first.ids[0], second.ids[0]] as const, duplicateId: '' };
    await deps.transaction(() =>
      deps.duplicates.note([{ personIds: third.ids, grounds: ['officer'] }], deps.now()),
    );
    const [noted] = await deps.duplicates.openOf(second.ids[0]);
    await merge(deps, officer, { ...third, duplicateId: noted!.id });
    const { persons, sessions } = await deps.legalHolds.reach();
    for (const id of [first.ids[0], ...second.ids]) expect(persons.has(id), id).to.equal(true);
    expect(persons.has(first.ids[1]), 'a twin nobody merged').to.equal(false);
    expect(sessions.has(session.id)).to.equal(true);
  });

  it('holds both after a reversal when the hold was set on the two as one, once', async () => {
    const { deps } = world;
    const pair = await twins(deps);
    const done = await merge(deps, officer, pair);
    world.at('2021-05-03');
    await hold(pair.ids[0]);
    world.at('2021-05-04');
    await undo(done.id);
    expect(await held(pair)).to.deep.equal([true, true]);
    const own = (await deps.legalHolds.on('person', pair.ids[1]))!;
    expect(own).to.include({ reason: '信访件未办结', setByName: officer.name });
    expect(own.setAt).to.deep.equal(world.now());
    const events = (await deps.events.about('person', pair.ids[1])).map(({ what }) => what);
    expect(events.filter((what) => what === 'legalHold.set')).to.have.length(1);
    await liftLegalHold(deps, { actor: officer, holdId: own.id, reason: '与此人无关' });
    expect(await held(pair)).to.deep.equal([true, false]);
  });

  it('gives the merged record no hold that stood before the merge on the kept one alone', async () => {
    const { deps } = world;
    const pair = await twins(deps);
    await hold(pair.ids[0]);
    world.at('2021-05-02');
    const done = await merge(deps, officer, pair);
    expect(await held(pair)).to.deep.equal([true, true]);
    await undo(done.id);
    expect(await held(pair)).to.deep.equal([true, false]);
  });
});
