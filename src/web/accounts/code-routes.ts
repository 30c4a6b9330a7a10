// The second step of a sign-in: entering the code, or setting codes up when the role needs them and there are none yet.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { beginSession } from '../../use-cases/accounts/begin-session.ts';
import { enterCode } from '../../use-cases/accounts/enter-code.ts';
import { confirmOneTimeCode } from '../../use-cases/accounts/set-up-one-time-code.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { arrive, prepareArrival } from './arrive.ts';
import { safeNext } from './safe-next.ts';
import { codeField, showRecoveryCodes, showSetUp } from './show-set-up.ts';

export function codeRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.signInCode.pattern, 'public', (exchange) => showCode(exchange, freshForm(nextOf(exchange)))),
    post(paths.signInCode.pattern, 'public', codeForm(deps)),
    get(paths.signInCodeSetUp.pattern, 'public', (exchange) =>
      showFirstSetUp(deps, exchange, freshForm(nextOf(exchange))),
    ),
    post(paths.signInCodeSetUp.pattern, 'public', firstSetUpForm(deps)),
  ];
}

const nextOf = (exchange: Exchange) => ({ next: safeNext(exchange.query.next) });

function showCode(exchange: Exchange, state: FormState): void {
  if (exchange.awaiting?.awaits !== 'code') return exchange.redirect(paths.signIn());
  exchange.page(
    'accounts/code',
    exchange.t('accounts.code.title'),
    { title: exchange.t('accounts.code.title'), values: { next: '', ...state.values } },
    formOptions(state),
  );
}

const codeForm = (deps: Deps): FormSpec<{ code: string; next: string }> => ({
  schema: Joi.object({ code: codeField, next: Joi.string().allow('').default('') }),
  show: showCode,
  async act(exchange, { code, next }) {
    const { awaiting } = exchange;
    if (awaiting?.awaits !== 'code') return { to: paths.signIn() };
    const { token, arrival } = prepareArrival(exchange);
    await enterCode(deps, { ...arrival, account: awaiting.account, code, awaiting: awaiting.sessionId });
    return arrive(exchange, token, null, next);
  },
});

async function showFirstSetUp(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { awaiting } = exchange;
  if (awaiting?.awaits !== 'codeSetUp') return exchange.redirect(paths.signIn());
  await showSetUp(deps, exchange, state, {
    account: awaiting.account,
    action: paths.signInCodeSetUp(),
    cancel: null,
  });
}

const firstSetUpForm = (deps: Deps): FormSpec<{ code: string; next: string }> => ({
  schema: Joi.object({ code: codeField, next: Joi.string().allow('').default('') }),
  show: (exchange, state) => showFirstSetUp(deps, exchange, state),
  async act(exchange, { code, next }) {
    const { awaiting } = exchange;
    if (awaiting?.awaits !== 'codeSetUp') return { to: paths.signIn() };
    const recovery = await confirmOneTimeCode(deps, { account: awaiting.account, code });
    const { token, arrival } = prepareArrival(exchange);
    await beginSession(deps, awaiting.account, { ...arrival, awaits: null, instead: awaiting.sessionId });
    showRecoveryCodes(exchange, recovery, arrive(exchange, token, null, next).to);
    return 'answered';
  },
});
