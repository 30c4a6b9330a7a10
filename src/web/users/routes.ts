// Accounts: the system administrator opens, closes and invites; the security administrator gives roles and lifts locks.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import type { Role } from '../../domain/accounts/actor.ts';
import { createAccount } from '../../use-cases/accounts/create-account.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { text } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { handOverLink } from './hand-over-link.ts';
import { listUsers } from './list-users.ts';
import { placeFields, placeOptions } from './place-fields.ts';
import { userFormRoutes } from './user-forms.ts';

export function userRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.users.pattern, 'account.list', (exchange) => listUsers(deps, exchange)),
    get(paths.newUser.pattern, 'account.create', (exchange) => showNew(deps, exchange, freshForm())),
    post(paths.users.pattern, 'account.create', createForm(deps)),
    ...userFormRoutes(deps),
  ];
}

async function showNew(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t } = exchange;
  exchange.page(
    'users/new',
    t('users.new'),
    {
      title: t('users.new'),
      action: paths.users(),
      back: paths.users(),
      values: { userName: '', displayName: '', role: '', organisationId: '', areaCode: '', ...state.values },
      ...(await placeOptions(deps, exchange)),
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
    ...placeFields,
  }),
  show: (exchange, state) => showNew(deps, exchange, state),
  async act(exchange, value) {
    const id = await createAccount(deps, { ...value, actor: exchange.actor });
    await handOverLink(deps, exchange, id);
    return 'answered';
  },
});
