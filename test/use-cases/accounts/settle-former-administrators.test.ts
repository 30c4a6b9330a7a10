import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { settleFormerAdministrators } from '../../../src/use-cases/accounts/settle-former-administrators.ts';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/accounts/settle-former-administrators', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-04-01');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  /** An account as it was stored in the days of one administrator's role. */
  async function aFormerAdministrator() {
    const actor = await anActor(world.deps, 'systemAdministrator');
    await world.deps.accounts.model.updateOne({ _id: actor.accountId }, { $set: { role: 'administrator' } });
    return actor;
  }
  const accountOf = (id: string) => world.deps.accounts.get(district, id);

  it('makes a system administrator of each, ends its sessions, and says so in the trail', async () => {
    const { deps } = world;
    const former = await aFormerAdministrator();
    const officer = await anActor(deps, 'bureauOfficer');
    const signedIn = site.visitor();
    await signedIn.signIn(former.userName);
    expect(await settleFormerAdministrators(deps)).to.equal(1);
    expect((await accountOf(former.accountId)).role).to.equal('systemAdministrator');
    expect((await accountOf(officer.accountId)).role).to.equal('bureauOfficer');
    expect((await signedIn.get('/home')).location).to.match(/^\/session\/new/);
    const [event] = (await deps.events.about('account', former.accountId)).filter(
      ({ what }) => what === 'account.roleChanged',
    );
    expect(event).to.deep.include({
      before: { role: 'administrator' },
      after: { role: 'systemAdministrator' },
      reason: 'formerRole',
    });
  });

  it('does nothing the second time, and each account once when two processes start together', async () => {
    const { deps } = world;
    await settleFormerAdministrators(deps);
    const ids = [await aFormerAdministrator(), await aFormerAdministrator()].map((one) => one.accountId);
    const settled = await Promise.all([settleFormerAdministrators(deps), settleFormerAdministrators(deps)]);
    expect(settled[0]! + settled[1]!).to.equal(2);
    expect(await settleFormerAdministrators(deps)).to.equal(0);
    for (const id of ids) {
      const events = await deps.events.about('account', id);
      expect(events.filter(({ what }) => what === 'account.roleChanged')).to.have.length(1);
    }
  });

  it('lets it open accounts afterwards, and neither change roles nor read the trail', async () => {
    const former = await aFormerAdministrator();
    await settleFormerAdministrators(world.deps);
    const visitor = site.visitor();
    await visitor.signIn(former.userName);
    expect((await visitor.get('/users/new')).status).to.equal(200);
    expect((await visitor.get('/trail')).status).to.equal(403);
    const officer = await anActor(world.deps, 'bureauOfficer');
    const page = await visitor.post(
      `/users/${officer.accountId}/role`,
      { role: 'bureauReader' },
      { from: '/users' },
    );
    expect(page.status).to.equal(403);
  });
});
