// After a sign-in that had run out: the form as it was typed, to go on with or to drop.
import type { Deps } from '../../deps.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { get, type Route } from '../kernel/route.ts';
import { hashToken } from '../kernel/tokens.ts';
import { heldCookie } from '../middleware/hold-form.ts';
import { paths } from '../paths.ts';

export function heldFormRoutes(deps: Deps): readonly Route[] {
  return [get(paths.heldForm.pattern, 'signedIn', (exchange) => showHeldForm(deps, exchange))];
}

async function showHeldForm(deps: Deps, exchange: Exchange): Promise<void> {
  const token = exchange.cookies.get(heldCookie);
  exchange.cookies.clear(heldCookie);
  const hash = token === null ? null : hashToken(token);
  const held = hash === null ? null : await deps.heldForms.of(hash, exchange.actor.accountId, deps.now());
  if (hash !== null) await deps.heldForms.drop(hash);
  if (held === null) return exchange.redirect(paths.home());
  exchange.page('accounts/held-form', exchange.t('accounts.held.title'), {
    title: exchange.t('accounts.held.title'),
    action: held.path,
    home: paths.home(),
    fields: Object.entries(held.fields).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => ({ name, value: one })),
    ),
  });
}
