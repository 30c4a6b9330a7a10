// Signing in and out, and the display settings kept in cookies.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { endSession } from '../../use-cases/accounts/end-sessions.ts';
import { signIn } from '../../use-cases/accounts/sign-in.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { heldCookie } from '../middleware/hold-form.ts';
import { sessionCookie } from '../middleware/resume-session.ts';
import { paths } from '../paths.ts';
import { arrive, prepareArrival } from './arrive.ts';
import { codeRoutes } from './code-routes.ts';
import { heldFormRoutes } from './held-form-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { ownAccountRoutes } from './own-account-routes.ts';
import { safeNext } from './safe-next.ts';

export function accountRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.signIn.pattern, 'public', (exchange) =>
      showSignIn(exchange, freshForm({ next: safeNext(exchange.query.next) })),
    ),
    post(paths.session.pattern, 'public', signInForm(deps)),
    post(paths.signOut.pattern, 'public', signOutForm(deps)),
    post(paths.displaySettings.pattern, 'public', displaySettingsForm),
    ...codeRoutes(deps),
    ...heldFormRoutes(deps),
    ...linkRoutes(deps),
    ...ownAccountRoutes(deps),
  ];
}

function showSignIn(exchange: Exchange, state: FormState): void {
  exchange.page(
    'accounts/sign-in',
    exchange.t('accounts.signIn'),
    {
      values: { userName: '', next: '', ...state.values },
      held: exchange.cookies.get(heldCookie) !== null,
    },
    formOptions(state),
  );
}

const signInForm = (deps: Deps): FormSpec<{ userName: string; password: string; next: string }> => ({
  schema: Joi.object({
    userName: Joi.string().trim().max(100).required().label('accounts.userName'),
    password: Joi.string().max(500).required().label('accounts.password'),
    next: Joi.string().allow('').default(''),
  }),
  show: showSignIn,
  async act(exchange, { userName, password, next }) {
    const { token, arrival } = prepareArrival(exchange);
    const instead = exchange.sessionId ?? exchange.awaiting?.sessionId ?? null;
    const awaits = await signIn(deps, { userName, password, instead, ...arrival });
    return arrive(exchange, token, awaits, safeNext(next));
  },
});

const signOutForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange) => exchange.redirect(paths.front()),
  async act(exchange) {
    const { sessionId } = exchange;
    if (sessionId !== null) await endSession(deps, { actor: exchange.actor, sessionId, present: true });
    if (exchange.awaiting !== null) await deps.signInSessions.end(exchange.awaiting.sessionId);
    exchange.cookies.clear(sessionCookie);
    // What the browser keeps of pages seen while signed in, the way back included.
    exchange.response.setHeader('Clear-Site-Data', '"cache", "storage"');
    return { to: paths.front(), flash: { text: exchange.t('accounts.signedOut') } };
  },
});

const displaySettingsForm: FormSpec<{ lang?: string; theme?: string; textSize?: string; back: string }> = {
  schema: Joi.object({
    lang: Joi.string().valid('zh', 'en'),
    theme: Joi.string().valid('system', 'light', 'dark'),
    textSize: Joi.string().valid('normal', 'large', 'largest'),
    back: Joi.string().allow('').default('/'),
  }),
  show: (exchange) => exchange.redirect('/'),
  async act(exchange, value) {
    const year = { maxAgeSeconds: 31_536_000 };
    if (value.lang !== undefined) exchange.cookies.set('skillroll_lang', value.lang, year);
    if (value.theme !== undefined) exchange.cookies.set('skillroll_theme', value.theme, year);
    if (value.textSize !== undefined) exchange.cookies.set('skillroll_text', value.textSize, year);
    return { to: safeNext(value.back) || '/' };
  },
};
