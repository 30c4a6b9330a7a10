// What administrators do with one account; each act names its reason.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import type { Role } from '../../domain/accounts/actor.ts';
import { district } from '../../domain/accounts/scope.ts';
import { changeAccountRole } from '../../use-cases/accounts/change-account-role.ts';
import { closeAccount, reopenAccount } from '../../use-cases/accounts/close-account.ts';
import { removeOneTimeCode } from '../../use-cases/accounts/remove-one-time-code.ts';
import { unlockAccount } from '../../use-cases/accounts/unlock-account.ts';
import { evidenceOf, reasonText, takesEvidence } from '../evidence/evidence-form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { freshForm, type FormSpec } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { handOverLink } from './hand-over-link.ts';
import { placeFields } from './place-fields.ts';
import { showUser } from './show-user.ts';

export function userFormRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.user.pattern, 'account.list', (exchange) => showUser(deps, exchange, freshForm())),
    post(paths.userRole.pattern, 'account.changeRole', roleForm(deps)),
    post(
      paths.userClosure.pattern,
      'account.close',
      reasonForm(deps, closeAccount, 'users.closed', '-close'),
    ),
    post(paths.userReopening.pattern, 'account.close', reasonForm(deps, reopenAccount, 'users.reopened')),
    post(
      paths.userCodeRemoval.pattern,
      'account.removeCode',
      reasonForm(deps, removeOneTimeCode, 'users.codeRemoved', '-code'),
    ),
    post(paths.userLink.pattern, 'account.invite', linkForm(deps)),
    post(paths.userUnlock.pattern, 'account.unlock', unlockForm(deps)),
  ];
}

/** At least five characters, as every sensitive change asks. */
const reason = reasonText('users.field.reason', 200);

const accountOf = (deps: Deps, exchange: Exchange) => deps.accounts.get(district, exchange.params.id!);

function back(exchange: Exchange, key: string, name: string) {
  return { to: paths.user(exchange.params.id!), flash: { text: exchange.t(key, { name }) } };
}

interface NewRole {
  role: Role;
  organisationId: string | null;
  areaCode: string | null;
  reason: string;
}

const roleForm = (deps: Deps): FormSpec<NewRole> => ({
  schema: Joi.object({ ...placeFields, reason }),
  takes: takesEvidence,
  show: (exchange, state) => showUser(deps, exchange, state),
  async act(exchange, value, files) {
    const account = await accountOf(deps, exchange);
    await changeAccountRole(deps, {
      ...value,
      actor: exchange.actor,
      account,
      file: evidenceOf(files),
    });
    return back(exchange, 'users.roleChanged', account.displayName);
  },
});

const reasonForm = (
  deps: Deps,
  act: typeof closeAccount | typeof removeOneTimeCode,
  done: string,
  key = '',
): FormSpec<{ reason: string }> => ({
  key,
  schema: Joi.object({ reason }),
  takes: takesEvidence,
  show: (exchange, state) => showUser(deps, exchange, state),
  async act(exchange, value, files) {
    const account = await accountOf(deps, exchange);
    await act(deps, { ...value, actor: exchange.actor, account, file: evidenceOf(files) });
    return back(exchange, done, account.displayName);
  },
});

const linkForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange, state) => showUser(deps, exchange, state),
  async act(exchange) {
    await handOverLink(deps, exchange, exchange.params.id!);
    return 'answered';
  },
});

const unlockForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange, state) => showUser(deps, exchange, state),
  async act(exchange) {
    const account = await accountOf(deps, exchange);
    await unlockAccount(deps, { actor: exchange.actor, account });
    return back(exchange, 'users.unlocked', account.displayName);
  },
});
