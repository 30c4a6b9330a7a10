// Setting up one-time codes: a secret is offered, the first code typed from it makes it count.
import type { Deps } from '../../deps.ts';
import { provisioningUri, secretBytes, stepOfCode, toBase32 } from '../../domain/accounts/one-time-code.ts';
import {
  makeRecoveryCode,
  normaliseRecoveryCode,
  recoveryCodeCount,
} from '../../domain/accounts/recovery-code.ts';
import { InvalidInput } from '../../domain/shared/errors.ts';
import type { Account } from '../../domain/accounts/account.ts';

export interface OfferedSecret {
  /** Base32, to be typed by hand. */
  readonly secret: string;
  /** `otpauth://` address, to be read from a QR code. */
  readonly uri: string;
}

/** The secret on offer to the account: the one offered before, or a new one. */
export async function offerOneTimeCode(
  deps: Pick<Deps, 'credentials' | 'transaction' | 'randomBytes'>,
  account: Account,
): Promise<OfferedSecret> {
  const secret = await deps.transaction(async () => {
    const offered = (await deps.credentials.of(account.id))?.offered;
    if (offered) return offered;
    const fresh = deps.randomBytes(secretBytes);
    await deps.credentials.offerSecret(account.id, fresh);
    return fresh;
  });
  return { secret: toBase32(secret), uri: provisioningUri('Skillroll', account.userName, secret) };
}

/** Makes the offered secret count and returns ten recovery codes, shown once; throws InvalidInput on `code`. */
export async function confirmOneTimeCode(
  deps: Pick<Deps, 'credentials' | 'events' | 'transaction' | 'randomBytes' | 'hmacSha1' | 'now'>,
  command: { account: Account; code: string },
): Promise<readonly string[]> {
  const { account, code } = command;
  const recovery = Array.from({ length: recoveryCodeCount }, () => makeRecoveryCode(deps.randomBytes));
  await deps.transaction(async () => {
    const offered = (await deps.credentials.of(account.id))?.offered ?? null;
    const step = offered === null ? null : stepOfCode(deps.hmacSha1, offered, code, deps.now());
    if (offered === null || step === null)
      throw new InvalidInput([{ field: 'code', code: 'accounts.codeNotOfSecret' }]);
    await deps.credentials.keepSecret(
      account.id,
      offered,
      step,
      recovery.map((one) => normaliseRecoveryCode(one)!),
    );
    await deps.events.record({
      what: 'account.codeSetUp',
      who: { accountId: account.id, name: account.displayName },
      about: { kind: 'account', id: account.id },
      when: deps.now(),
    });
  });
  return recovery;
}
