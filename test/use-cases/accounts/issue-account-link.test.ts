import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { closeAccount } from '../../../src/use-cases/accounts/close-account.ts';
import { issueAccountLink } from '../../../src/use-cases/accounts/issue-account-link.ts';
import { anActor } from '../../support/builders.ts';
import { refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/accounts/issue-account-link', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const anAccount = async () => {
    const { deps } = world;
    const actor = await anActor(deps, 'systemAdministrator');
    const { accountId } = await anActor(deps, 'bureauReader');
    return { actor, account: await deps.accounts.get(district, accountId) };
  };
  const links = async (tokens: readonly string[]) => {
    const found = await Promise.all(tokens.map((token) => world.deps.accountLinks.find(token, world.now())));
    return found.filter((link) => link !== null).length;
  };

  it('leaves one link of several issued at once', async () => {
    const given = await anAccount();
    const tokens = ['one', 'two', 'three'];
    await Promise.all(tokens.map((tokenHash) => issueAccountLink(world.deps, { ...given, tokenHash })));
    expect(await links(tokens)).to.equal(1);
  });

  it('gives none to an account that was closed since it was looked at', async () => {
    const { deps } = world;
    const given = await anAccount();
    await closeAccount(deps, { ...given, reason: 'Left the office in May' });
    const refusal = await refusalOf(issueAccountLink(deps, { ...given, tokenHash: 'late' }));
    expect(refusal.code).to.equal('accounts.closed');
    expect(await links(['late'])).to.equal(0);
  });
});
