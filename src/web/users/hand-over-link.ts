// Shows a fresh link once, for the administrator to hand over: the product sends no mail.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import { issueAccountLink, linkHours } from '../../use-cases/accounts/issue-account-link.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { hashToken, randomToken } from '../kernel/tokens.ts';
import { paths } from '../paths.ts';

export async function handOverLink(deps: Deps, exchange: Exchange, accountId: string): Promise<void> {
  const { t, actor } = exchange;
  const account = await deps.accounts.get(district, accountId);
  const token = randomToken(32);
  await issueAccountLink(deps, { actor, account, tokenHash: hashToken(token) });
  exchange.page('users/link', t('users.link.title'), {
    title: t('users.link.title'),
    lead: t('users.link.lead', { name: account.displayName, hours: linkHours }),
    link: exchange.site.publicUrl + paths.accountLink(token),
    user: paths.user(account.id),
  });
}
