import { expect } from 'chai';
import type { Account } from '../../../src/domain/accounts/account.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { beginSession } from '../../../src/use-cases/accounts/begin-session.ts';
import { enterCode } from '../../../src/use-cases/accounts/enter-code.ts';
import { anActor, testSecret } from '../../support/builders.ts';
import { refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const code = '2345-6789-ABCD-EFGH-JKMN-PQRS';
const from = { address: '192.0.2.7', agent: 'Firefox' };

describe('use-cases/accounts/enter-code', () => {
  let world: World;
  let account: Account;
  before(async () => {
    world = await openWorld();
  });
  beforeEach(async () => {
    const { deps } = world;
    const { accountId } = await anActor(deps, 'bureauOfficer');
    account = await deps.accounts.get(district, accountId);
    const recovery = [code.replaceAll('-', '')];
    await deps.transaction(() => deps.credentials.keepSecret(accountId, testSecret, 0, recovery));
  });
  after(() => world.close());

  async function beginAwaiting(): Promise<string> {
    const tokenHash = world.deps.newToken();
    await beginSession(world.deps, account, { ...from, tokenHash, awaits: 'code', instead: null });
    return tokenHash;
  }
  const whats = async () => (await world.deps.events.about('account', account.id)).map((event) => event.what);

  it('has told of the recovery code by the time the session is there', async () => {
    const { deps } = world;
    let [depth, isOver] = [0, false];
    const ending = {
      ...deps,
      transaction: async <T>(work: () => Promise<T>): Promise<T> => {
        if (isOver) throw new Error('The process ended');
        depth += 1;
        const result = await deps.transaction(work).finally(() => (depth -= 1));
        isOver = depth === 0;
        return result;
      },
    };
    const tokenHash = deps.newToken();
    const entered = { ...from, account, code, tokenHash, awaiting: await beginAwaiting() };
    await enterCode(ending, entered).catch(() => undefined);
    expect(await deps.signInSessions.ownerOf(tokenHash)).to.equal(account.id);
    expect(await whats()).to.include.members(['account.signedIn', 'account.recoveryCodeUsed']);
  });

  it('spends a code with the session that it opens, and not without', async () => {
    const { deps } = world;
    const taken = await beginAwaiting();
    const awaiting = await beginAwaiting();
    await refusalOf(enterCode(deps, { ...from, account, code, tokenHash: taken, awaiting }));
    expect(await whats()).not.to.include('account.signedIn');
    await enterCode(deps, { ...from, account, code, tokenHash: deps.newToken(), awaiting });
    expect(await whats()).to.include.members(['account.signedIn', 'account.recoveryCodeUsed']);
    const again = enterCode(deps, { ...from, account, code, tokenHash: deps.newToken(), awaiting });
    expect((await refusalOf(again)).code).to.equal('accounts.wrongCode');
  });

  it('opens nothing in place of a session that was ended meanwhile, and spends no code', async () => {
    const { deps } = world;
    const awaiting = await beginAwaiting();
    await deps.signInSessions.endAllOf(account.id);
    const entered = { ...from, account, code, tokenHash: deps.newToken() };
    expect((await refusalOf(enterCode(deps, { ...entered, awaiting }))).code).to.equal(
      'accounts.signInFirst',
    );
    await enterCode(deps, { ...entered, awaiting: await beginAwaiting() });
    expect(await whats()).to.include('account.recoveryCodeUsed');
  });
});
