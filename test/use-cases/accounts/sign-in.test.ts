import { expect } from 'chai';
import type { Deps } from '../../../src/deps.ts';
import type { Account } from '../../../src/domain/accounts/account.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { changePassword } from '../../../src/use-cases/accounts/set-password.ts';
import { signIn } from '../../../src/use-cases/accounts/sign-in.ts';
import { anActor, anOrganisation, testPassword } from '../../support/builders.ts';
import { refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

const other = 'another horse, staple 9';

describe('use-cases/accounts/sign-in', () => {
  let world: World;
  let account: Account;
  before(async () => {
    world = await openWorld();
  });
  beforeEach(async () => {
    const { deps } = world;
    const { id: organisationId } = await anOrganisation(deps);
    const { accountId } = await anActor(deps, 'centreStaff', { organisationId });
    account = await deps.accounts.get(district, accountId);
  });
  after(() => world.close());

  const enter = (deps: Deps, password: string) =>
    signIn(deps, {
      userName: account.userName,
      password,
      instead: null,
      tokenHash: deps.newToken(),
      address: '192.0.2.7',
      agent: 'Firefox',
    });
  /** What another process does once this one has judged a password, or hashed it anew. */
  const meanwhileIn = (step: 'matches' | 'hash', meanwhile: () => Promise<unknown>): Deps => {
    const { passwords } = world.deps;
    let isDone = false;
    const then = async <T>(answer: Promise<T>): Promise<T> => {
      const known = await answer;
      if (!isDone) {
        isDone = true;
        await meanwhile();
      }
      return known;
    };
    return {
      ...world.deps,
      passwords: {
        ...passwords,
        isOutdated: () => step === 'hash',
        matches: (...given) =>
          step === 'matches' ? then(passwords.matches(...given)) : passwords.matches(...given),
        hash: (given) => (step === 'hash' ? then(passwords.hash(given)) : passwords.hash(given)),
      },
    };
  };
  const change = () =>
    changePassword(world.deps, {
      account,
      presentPassword: testPassword,
      password: other,
      sessionId: 'the changing one',
      address: '192.0.2.8',
    });

  it('opens nothing to a password in whose place another was put while it was judged', async () => {
    const refusal = await refusalOf(enter(meanwhileIn('matches', change), testPassword));
    expect(refusal.code).to.equal('accounts.wrongPassword');
    expect(await world.deps.signInSessions.liveOf(account.id, world.now())).to.deep.equal([]);
  });

  it('does not put the former password back by hashing it anew', async () => {
    const refusal = await refusalOf(enter(meanwhileIn('hash', change), testPassword));
    expect(refusal.code).to.equal('accounts.wrongPassword');
    expect((await refusalOf(enter(world.deps, testPassword))).code).to.equal('accounts.wrongPassword');
    expect(await enter(world.deps, other)).to.equal(null);
  });

  it('lets two sign-ins in of which each hashes the password anew', async () => {
    const outdated = { ...world.deps, passwords: { ...world.deps.passwords, isOutdated: () => true } };
    const deps = meanwhileIn('hash', () => enter(outdated, testPassword));
    expect(await enter(deps, testPassword)).to.equal(null);
    expect(await world.deps.signInSessions.liveOf(account.id, world.now())).to.have.length(2);
  });
});
