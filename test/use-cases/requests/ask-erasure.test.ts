import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { undoPersonMerge } from '../../../src/use-cases/people/undo-person-merge.ts';
import { askErasure } from '../../../src/use-cases/requests/ask-erasure.ts';
import { anActor } from '../../support/builders.ts';
import { merge, twins } from '../../support/duplicates.ts';
import { openWorld } from '../../support/world.ts';

describe('use-cases/requests/ask-erasure', function () {
  this.timeout(60_000);

  it('takes contact data out of every record merged into the person and of the merge; a reversal brings none back', async () => {
    const world = await openWorld('2021-05-01');
    try {
      const { deps } = world;
      const officer = await anActor(deps, 'bureauOfficer');
      const pair = await twins(deps, [{ education: 'bachelor' }, { householdRegistration: 'rural' }]);
      const done = await merge(deps, officer, pair, { choices: { mobile: 'merged', education: 'merged' } });
      await askErasure(deps, { personId: pair.ids[0] });
      const [stored] = await deps.people.model.db.collection('personMerges').find({}).toArray();
      expect(stored).to.include({ keptMobileSealed: null });
      expect(stored!['before']).to.include({ education: null });
      await undoPersonMerge(deps, { actor: officer, mergeId: done.id, reason: '核实为两个人' });
      for (const person of (await deps.people.byIds(district, pair.ids)).values())
        expect(person).to.include({
          mobileSealed: null,
          mobileHash: null,
          education: null,
          householdRegistration: null,
        });
    } finally {
      await world.close();
    }
  });
});
