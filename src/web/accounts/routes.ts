// Signing in and out, and the display settings kept in cookies.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { signIn } from '../../use-cases/accounts/sign-in.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { hashToken, randomToken } from '../kernel/tokens.ts';
import { sessionCookie } from '../middleware/resume-session.ts';
import { paths } from '../paths.ts';

export function accountRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.signIn.pattern, 'public', (exchange) =>
      showSignIn(exchange, freshForm({ next: safeNext(exchange.query.next) })),
    ),
    post(paths.session.pattern, 'public', signInForm(deps)),
    post(paths.signOut.pattern, 'public', signOutForm(deps)),
    post(paths.displaySettings.pattern, 'public', displaySettingsForm),
  ];
}

function showSignIn(exchange: Exchange, state: FormState): void {
  exchange.page(
    'accounts/sign-in',
    exchange.t('accounts.signIn'),
    { values: { userName: '', next: '', ...state.values } },
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
  async act(exchange, value) {
    const token = randomToken(32);
    await signIn(deps, { ...value, tokenHash: hashToken(token), address: exchange.address });
    if (exchange.sessionId !== null) await deps.signInSessions.end(exchange.sessionId);
    exchange.cookies.set(sessionCookie, token);
    return { to: safeNext(value.next) || paths.home() };
  },
});

const signOutForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange) => exchange.redirect(paths.front()),
  async act(exchange) {
    if (exchange.sessionId !== null) await deps.signInSessions.end(exchange.sessionId);
    exchange.cookies.clear(sessionCookie);
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

/** A path of our own to go to, or '' for anything that could lead elsewhere. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '';
}
