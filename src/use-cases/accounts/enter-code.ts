// The second step of a sign-in: a one-time code, or a recovery code in its place.
import type { Deps } from '../../deps.ts';
import { stepOfCode } from '../../domain/accounts/one-time-code.ts';
import { normaliseRecoveryCode } from '../../domain/accounts/recovery-code.ts';
import { pairRule } from '../../domain/accounts/sign-in-rules.ts';
import { NotAllowed, RuleBroken, TooOften } from '../../domain/shared/errors.ts';
import type { Account } from '../../domain/accounts/account.ts';
import type { Credentials } from '../../domain/accounts/credentials.ts';
import { beginSession, type Arrival, type BeginSession } from './begin-session.ts';
import { triesOf } from './count-tries.ts';

/**
 * Begins the session in place of the one that awaited the code, and spends the code with it. Throws RuleBroken
 * accounts.wrongCode (with the tries left), accounts.codeUsed for a code that opened a session before, or TooOften
 * accounts.locked, NotAllowed accounts.signInFirst when the session it takes the place of was ended.
 */
export async function enterCode(
  deps: BeginSession & Pick<Deps, 'refusalCounts' | 'throttles' | 'cipher' | 'pause' | 'hmacSha1'>,
  command: Arrival & { account: Account; code: string; awaiting: string },
): Promise<void> {
  const { account, code, awaiting, ...arrival } = command;
  const tries = triesOf(deps, 'code', account.id, arrival.address);
  const left = await tries.reserve(account);
  const outcome = await deps.transaction(async () => {
    const credentials = await deps.credentials.of(account.id);
    if (credentials === null) return 'wrong';
    const judged = await judge(deps, credentials, code);
    if (judged === 'wrong' || judged === 'used') return judged;
    // Another password, set meanwhile, ended what awaited the code.
    if (!(await deps.signInSessions.end(awaiting))) throw new NotAllowed('accounts.signInFirst');
    await beginSession(deps, account, { ...arrival, awaits: null, instead: null });
    if (judged === 'recovery')
      await deps.events.record({
        what: 'account.recoveryCodeUsed',
        who: { accountId: account.id, name: account.displayName },
        about: { kind: 'account', id: account.id },
        when: deps.now(),
        after: { left: credentials.recoveryCodesLeft - 1 },
      });
    return judged;
  });
  if (outcome === 'used') throw new RuleBroken('accounts.codeUsed');
  if (outcome === 'wrong') {
    await tries.recordMiss(account, left);
    if (left === 0) {
      await deps.signInSessions.end(awaiting);
      throw new TooOften('accounts.locked', new Date(deps.now().getTime() + pairRule.minutes * 60_000));
    }
    throw new RuleBroken('accounts.wrongCode', { left });
  }
  await tries.forgive();
}

async function judge(
  deps: Pick<Deps, 'credentials' | 'hmacSha1' | 'now'>,
  credentials: Credentials,
  code: string,
): Promise<'right' | 'recovery' | 'used' | 'wrong'> {
  const { accountId, secret } = credentials;
  if (secret === null) return 'wrong';
  const step = stepOfCode(deps.hmacSha1, secret, code, deps.now());
  if (step !== null) return (await deps.credentials.spendStep(accountId, step)) ? 'right' : 'used';
  const recovery = normaliseRecoveryCode(code);
  if (recovery === null) return 'wrong';
  return (await deps.credentials.spendRecoveryCode(accountId, recovery)) ? 'recovery' : 'wrong';
}
