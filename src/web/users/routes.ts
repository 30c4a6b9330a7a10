// Accounts: administrators list them, the system administrator opens them; a first password is made here and shown once.
import { randomBytes } from 'node:crypto';
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { roles, rolesOpenedBy, scopeNeedOf, type Role } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { createAccount } from '../../use-cases/accounts/create-account.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { choice, text } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { paginate } from '../kernel/paging.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { areaOptions } from '../presenting/options.ts';

export function userRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.users.pattern, 'account.list', (exchange) => listUsers(deps, exchange)),
    get(paths.newUser.pattern, 'account.create', (exchange) => showNew(deps, exchange, freshForm())),
    post(paths.users.pattern, 'account.create', createForm(deps)),
  ];
}

/** Accounts are the administrators' own records, so this list reaches all of them; it shows no other record. */
async function listUsers(deps: Deps, exchange: Exchange): Promise<void> {
  const { t } = exchange;
  const total = await deps.accounts.count(district, {});
  const { slice, model } = paginate(total, exchange.query.page, paths.users());
  const found = await deps.accounts.find(district, {}, { sort: { foldedUserName: 1 }, page: slice });
  const names = await deps.organisations.namesOf(found.flatMap((one) => one.organisationId ?? []));
  exchange.page('users/list', t('users.title'), {
    title: t('users.title'),
    action: exchange.may('account.create') ? { href: paths.newUser(), text: t('users.new') } : null,
    columns: ['userName', 'displayName', 'role', 'organisation', 'state'].map((key) => ({
      label: t(`users.field.${key}`),
    })),
    rows: found.map((one) => ({
      cells: [
        one.userName,
        one.displayName,
        t(`accounts.role.${one.role}`),
        names.get(one.organisationId ?? '') ?? one.areaCode ?? '—',
        { text: '', tag: one.closedAt === null ? 'active' : 'closed' },
      ],
    })),
    page: model,
  });
}

async function showNew(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, lang } = exchange;
  const organisations = await deps.organisations.find(district, {}, { sort: { nameSortKey: 1 } });
  exchange.page(
    'users/new',
    t('users.new'),
    {
      title: t('users.new'),
      action: paths.users(),
      back: paths.users(),
      values: { userName: '', displayName: '', role: '', organisationId: '', areaCode: '', ...state.values },
      roles: rolesOpenedBy(exchange.actor.role).map((one) => ({
        value: one,
        text: t(`accounts.role.${one}`),
      })),
      organisations: organisations.map((one) => ({ value: one.id, text: one.name })),
      areas: areaOptions(deps, lang),
    },
    { ...formOptions(state), breadcrumb: [{ href: paths.users(), text: t('users.title') }] },
  );
}

interface NewUser {
  userName: string;
  displayName: string;
  role: Role;
  organisationId: string | null;
  areaCode: string | null;
}

const createForm = (deps: Deps): FormSpec<NewUser> => ({
  schema: Joi.object({
    userName: text('users.field.userName', 40).min(3).required(),
    displayName: text('users.field.displayName', 40).required(),
    role: choice('users.field.role', roles).required(),
    organisationId: Joi.string().empty('').default(null),
    areaCode: Joi.string().empty('').default(null),
  }),
  show: (exchange, state) => showNew(deps, exchange, state),
  async act(exchange, value) {
    const password = randomBytes(12).toString('base64url');
    const need = scopeNeedOf[value.role];
    await createAccount(deps, {
      ...value,
      actor: exchange.actor,
      password,
      areaCode: need === 'area' ? value.areaCode : null,
    });
    return {
      to: paths.users(),
      flash: { text: exchange.t('users.created', { name: value.userName, password }) },
    };
  },
});
