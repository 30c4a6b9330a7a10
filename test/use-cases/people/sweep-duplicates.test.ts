import { expect } from 'chai';
import type { Actor } from '../../../src/domain/accounts/actor.ts';
import { dismissDuplicate } from '../../../src/use-cases/people/decide-duplicate.ts';
import { sweepDuplicates } from '../../../src/use-cases/people/sweep-duplicates.ts';
import { recurringWorks } from '../../../src/recurring-works.ts';
import { anActor } from '../../support/builders.ts';
import { merge, openPairs, register, twins } from '../../support/duplicates.ts';
import { anIdNumber } from '../../support/rosters.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/people/sweep-duplicates', function () {
  this.timeout(120_000);
  const who = { accountId: 'system', name: 'system' };
  let world: World;
  let officer: Actor;
  before(async () => {
    world = await openWorld('2021-05-01');
    officer = await anActor(world.deps, 'bureauOfficer');
  });
  after(() => world.close());

  const sweep = (given: { all?: boolean; goOn?: () => boolean } = {}) =>
    sweepDuplicates(world.deps, { who, ...given });
  /** As if the persons had come on record before pairs were noted. */
  const forgetPair = (id: string) => world.deps.duplicates.model.deleteOne({ _id: id });
  const openIds = async () => (await openPairs(world.deps)).map(({ id }) => id);

  it('lists pairs on record by number and by name, birth day and mobile; each once, with an event', async () => {
    const { deps } = world;
    const pair = await twins(deps);
    const number = anIdNumber('1985-02-03');
    const card = await register(deps, { name: '甲一', documentNumber: number, birthDay: '1985-02-03' });
    const passport = await register(deps, {
      name: '甲乙',
      documentType: 'passport',
      documentNumber: number.slice(0, 6) + number.slice(8, 17),
      birthDay: null,
      gender: null,
    });
    await deps.duplicates.model.deleteMany({});
    world.at('2021-05-02');
    expect(await sweep()).to.deep.equal({ compared: 4, found: 2 });
    const open = await openPairs(deps);
    const grounds = new Map(open.map((one) => [one.id, one.grounds]));
    expect(grounds.get(pair.duplicateId)).to.deep.equal(['namesake']);
    expect(grounds.get([card, passport].sort().join('-'))).to.deep.equal(['number']);
    for (const id of pair.ids) {
      const event = (await deps.events.about('person', id)).at(-1)!;
      expect(event).to.include({ what: 'person.paired' });
      expect(event.who).to.include(who);
      expect(event.after).to.deep.equal({ grounds: ['namesake'] });
    }
    expect(await sweep(), 'nobody changed since').to.deep.equal({ compared: 0, found: 0 });
    expect(await sweep({ all: true }), 'listed already').to.deep.equal({ compared: 4, found: 0 });
  });

  it('lists no pair again that was decided, nor one with a merged record', async () => {
    const { deps } = world;
    const [apart, joined] = [await twins(deps), await twins(deps)];
    const reason = '核实为两个人';
    await dismissDuplicate(deps, { actor: officer, duplicateId: apart.duplicateId, reason });
    await merge(deps, officer, joined);
    world.at('2021-05-03');
    await sweep({ all: true });
    expect(await openIds()).to.not.include.members([apart.duplicateId]);
    expect((await deps.duplicates.byIds([apart.duplicateId])).get(apart.duplicateId)).to.include({
      status: 'dismissed',
      reason,
    });
    await forgetPair(joined.duplicateId);
    await sweep({ all: true });
    expect(await openIds(), 'one of the two is merged').to.not.include(joined.duplicateId);
  });

  it('goes on where it was interrupted, batch by batch, and leaves alone what was changed this minute', async () => {
    const { deps } = world;
    world.at('2021-05-04');
    const pairs = [];
    for (let index = 0; index < 3; index += 1) pairs.push(await twins(deps));
    const facts = { birthDay: null, gender: null, documentType: 'passport' };
    for (let index = 0; index < 205; index += 1)
      await register(deps, { ...facts, name: '吴用', documentNumber: `G${String(90_000_000 + index)}` });
    pairs.push(await twins(deps));
    for (const { duplicateId } of pairs) await forgetPair(duplicateId);
    expect((await sweep()).compared, 'not settled yet').to.equal(0);
    world.at('2021-05-05');
    const first = await sweep({ goOn: () => false });
    expect(first.compared).to.equal(200);
    const second = await sweep();
    expect([first.compared + second.compared, first.found + second.found]).to.deep.equal([213, 4]);
    expect(await openIds()).to.include.members(pairs.map(({ duplicateId }) => duplicateId));
  });

  it('is done every night', async () => {
    const pair = await twins(world.deps);
    await forgetPair(pair.duplicateId);
    world.at('2021-05-06');
    const nightly = recurringWorks.find(({ name }) => name === 'duplicates')!;
    expect(nightly.every).to.equal('night');
    await nightly.work(world.deps, () => true);
    expect(await openIds()).to.include(pair.duplicateId);
  });
});
