// The list of accounts, by user name.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { paths } from '../paths.ts';

/** Accounts are the administrators' own records, so this list reaches all of them; it shows no other record. */
export async function listUsers(deps: Deps, exchange: Exchange): Promise<void> {
  const { t } = exchange;
  const total = await deps.accounts.count(district, {});
  const { slice, model } = paginate(total, exchange.query.page, paths.users());
  const found = await deps.accounts.find(district, {}, { sort: { foldedUserName: 1 }, page: slice });
  const names = await deps.organisations.namesOf(found.flatMap((one) => one.organisationId ?? []));
  const signIns = await deps.credentials.lastSignIns(found.map((one) => one.id));
  exchange.page('users/list', t('users.title'), {
    title: t('users.title'),
    action: exchange.may('account.create') ? { href: paths.newUser(), text: t('users.new') } : null,
    columns: ['userName', 'displayName', 'role', 'organisation', 'lastSignIn', 'state'].map((key) => ({
      label: t(`users.field.${key}`),
    })),
    rows: found.map((one) => {
      const signedIn = signIns.get(one.id);
      return {
        cells: [
          { text: one.userName, href: paths.user(one.id) },
          one.displayName,
          t(`accounts.role.${one.role}`),
          names.get(one.organisationId ?? '') ?? one.areaCode ?? '—',
          signedIn === undefined ? '—' : formatShortInstant(signedIn),
          { text: '', tag: one.closedAt === null ? 'active' : 'closed' },
        ],
      };
    }),
    page: model,
  });
}
