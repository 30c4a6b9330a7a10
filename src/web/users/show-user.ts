// One account: what it is, how it signs in, and what this administrator may do with it.
import type { Deps } from '../../deps.ts';
import { administratorRoles } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { Action } from '../../domain/accounts/permissions.ts';
import { formatInstant, formatTime } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { loadHistory } from '../trail/load-history.ts';
import { areaName } from '../presenting/names.ts';
import { placeOptions } from './place-fields.ts';

export async function showUser(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, lang, actor } = exchange;
  const account = await deps.accounts.get(district, exchange.params.id!);
  const now = deps.now();
  const [credentials, sessions, locks, names, history] = await Promise.all([
    deps.credentials.of(account.id),
    deps.signInSessions.liveOf(account.id, now),
    deps.throttles.locksOf(account.id, now),
    deps.organisations.namesOf(account.organisationId === null ? [] : [account.organisationId]),
    loadHistory(deps, exchange, paths.user(account.id), [{ kind: 'account', ids: [account.id] }]),
  ]);
  const isOpen = account.closedAt === null;
  const isOther = actor.accountId !== account.id;
  const allowed = (action: Action, when: boolean, path: string) =>
    when && exchange.may(action) ? path : null;
  const isAdministrator = administratorRoles.includes(account.role);
  const rolePath = allowed(
    'account.changeRole',
    isOpen && isOther && !isAdministrator,
    paths.userRole(account.id),
  );
  const fact = (key: string, value: string) => ({
    label: t(`users.field.${key}`),
    value,
    href: null,
    tag: null,
    certificate: null,
    note: null,
  });
  exchange.page(
    'users/show',
    account.displayName,
    {
      title: account.displayName,
      tag: isOpen ? 'active' : 'closed',
      facts: [
        fact('userName', account.userName),
        fact('role', t(`accounts.role.${account.role}`)),
        fact('organisation', names.get(account.organisationId ?? '') ?? '—'),
        fact('area', account.areaCode === null ? '—' : areaName(deps.reference, lang, account.areaCode)),
        fact('createdAt', formatInstant(lang, account.createdAt)),
        fact('lastSignIn', credentials?.lastSignInAt ? formatInstant(lang, credentials.lastSignInAt) : '—'),
        fact('password', t(credentials?.passwordHash ? 'users.passwordSet' : 'users.passwordOpen')),
        fact('code', t(credentials?.secret ? 'users.codeSet' : 'users.codeOpen')),
        fact('sessions', String(sessions.length)),
      ],
      history,
      locks: locks.map((one) =>
        t('users.lockedFrom', { address: one.address, until: formatTime(one.until) }),
      ),
      unlock: allowed('account.unlock', locks.length > 0, paths.userUnlock(account.id)),
      link: allowed('account.invite', isOpen && isOther, paths.userLink(account.id)),
      linkText: t(credentials?.passwordHash ? 'users.reset' : 'users.invite'),
      role: rolePath,
      ...(rolePath === null
        ? { roles: [], organisations: [], areas: [] }
        : await placeOptions(deps, exchange)),
      codeRemoval: allowed(
        'account.removeCode',
        isOther && credentials?.secret != null,
        paths.userCodeRemoval(account.id),
      ),
      closure: allowed('account.close', isOpen && isOther, paths.userClosure(account.id)),
      reopening: allowed('account.close', !isOpen, paths.userReopening(account.id)),
      values: {
        role: account.role,
        organisationId: account.organisationId ?? '',
        areaCode: account.areaCode ?? '',
        reason: '',
        ...state.values,
      },
    },
    { ...formOptions(state), breadcrumb: [{ href: paths.users(), text: t('users.title') }] },
  );
}
