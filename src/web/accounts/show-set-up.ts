// The pages of a one-time code's set-up, at the first sign-in and from one's own account.
import Joi from 'joi';
import { create as createQrCode } from 'qrcode';
import type { Deps } from '../../deps.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { offerOneTimeCode } from '../../use-cases/accounts/set-up-one-time-code.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';

/** Six digits, or a recovery code; spaces and dashes do not matter. */
export const codeField = Joi.string().trim().max(40).required().label('accounts.code.label');

export async function showSetUp(
  deps: Deps,
  exchange: Exchange,
  state: FormState,
  place: { account: Account; action: string; cancel: string | null },
): Promise<void> {
  const { t } = exchange;
  const { secret, uri } = await offerOneTimeCode(deps, place.account);
  exchange.page(
    'accounts/code-set-up',
    t('accounts.setUp.title'),
    {
      title: t('accounts.setUp.title'),
      lead: t(place.cancel === null ? 'accounts.setUp.required' : 'accounts.setUp.offered'),
      action: place.action,
      cancel: place.cancel === null ? null : { href: place.cancel, text: t('shared.button.cancel') },
      secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
      picture: qrPicture(uri),
      values: { next: '', ...state.values },
    },
    formOptions(state),
  );
}

/** The ten recovery codes, on the answer to the set-up alone. */
export function showRecoveryCodes(exchange: Exchange, codes: readonly string[], to: string): void {
  const { t } = exchange;
  exchange.page('accounts/recovery-codes', t('accounts.recovery.title'), {
    title: t('accounts.recovery.title'),
    codes,
    to,
  });
}

/** A QR code as one path of unit squares within a square of `size`, quiet zone of four included. */
function qrPicture(text: string): { path: string; size: number } {
  const { modules } = createQrCode(text, { errorCorrectionLevel: 'M' });
  const parts: string[] = [];
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column)) parts.push(`M${column + 4} ${row + 4}h1v1h-1z`);
  return { path: parts.join(''), size: modules.size + 8 };
}
