// The page behind an invitation or a reset: a new password, once.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { mostLength } from '../../domain/accounts/password-rule.ts';
import { orNotFound } from '../../domain/shared/errors.ts';
import { setPasswordByLink } from '../../use-cases/accounts/set-password.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { discreet, get, post, type Route } from '../kernel/route.ts';
import { hashToken } from '../kernel/tokens.ts';
import { paths } from '../paths.ts';

export function linkRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.accountLink.pattern, 'public', (exchange) => showLink(deps, exchange, freshForm())),
    post(paths.accountLink.pattern, 'public', linkForm(deps)),
  ].map(discreet);
}

async function showLink(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t } = exchange;
  const token = exchange.params.token!;
  const link = orNotFound(await deps.accountLinks.find(hashToken(token), deps.now()));
  const account = orNotFound(await deps.unscoped.accountByUserName.byId(link.accountId));
  exchange.page(
    'accounts/set-password',
    t('accounts.setPassword'),
    {
      title: t('accounts.setPassword'),
      lead: t('accounts.setPasswordLead', { name: account.userName }),
      action: paths.accountLink(token),
      userName: account.userName,
    },
    formOptions(state),
  );
}

/** A new password, typed twice. */
export const newPassword = {
  password: Joi.string().max(mostLength).required().label('accounts.newPassword'),
  passwordAgain: Joi.any()
    .valid(Joi.ref('password'))
    .required()
    .label('accounts.passwordAgain')
    .messages({ 'any.only': 'accounts.passwordsDiffer' }),
};

const linkForm = (deps: Deps): FormSpec<{ password: string }> => ({
  schema: Joi.object(newPassword),
  show: (exchange, state) => showLink(deps, exchange, state),
  async act(exchange, { password }) {
    await setPasswordByLink(deps, { tokenHash: hashToken(exchange.params.token!), password });
    return { to: paths.signIn(), flash: { text: exchange.t('accounts.passwordSet') } };
  },
});
