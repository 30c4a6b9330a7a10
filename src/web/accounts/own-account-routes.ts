// One's own account: where one is signed in, the password, the one-time code.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { needsOneTimeCode } from '../../domain/accounts/one-time-code.ts';
import { confirmPassword } from '../../use-cases/accounts/confirm-password.ts';
import { endOtherSessions, endSession } from '../../use-cases/accounts/end-sessions.ts';
import { removeOneTimeCode } from '../../use-cases/accounts/remove-one-time-code.ts';
import { changePassword } from '../../use-cases/accounts/set-password.ts';
import { confirmOneTimeCode } from '../../use-cases/accounts/set-up-one-time-code.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { ownAccount } from './arrive.ts';
import { newPassword } from './link-routes.ts';
import { codeField, showRecoveryCodes, showSetUp } from './show-set-up.ts';

export function ownAccountRoutes(deps: Deps): readonly Route[] {
  const show = (exchange: Exchange, state: FormState) => showOwnAccount(deps, exchange, state);
  const showCode = (exchange: Exchange, state: FormState) => showOwnSetUp(deps, exchange, state);
  return [
    get(paths.ownAccount.pattern, 'signedIn', (exchange) => show(exchange, freshForm())),
    post(paths.ownPassword.pattern, 'signedIn', passwordForm(deps, show)),
    get(paths.newOwnCode.pattern, 'signedIn', (exchange) => showCode(exchange, freshForm())),
    post(paths.ownCode.pattern, 'signedIn', setUpForm(deps, showCode)),
    post(paths.ownCodeRemoval.pattern, 'signedIn', removalForm(deps, show)),
    post(paths.ownSessionsEnd.pattern, 'signedIn', endForm(deps, show)),
  ];
}

/** In place of a sign-in's id: all but the present one. */
const others = 'others';

type Show = (exchange: Exchange, state: FormState) => Promise<void>;

async function showOwnAccount(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t } = exchange;
  const account = await ownAccount(deps, exchange);
  const credentials = await deps.credentials.of(account.id);
  const sessions = await deps.signInSessions.liveOf(account.id, deps.now());
  const hasCode = credentials?.secret != null;
  exchange.page(
    'accounts/own',
    t('accounts.own.title'),
    {
      title: t('accounts.own.title'),
      lead: `${account.displayName} · ${account.userName} · ${t(`accounts.role.${account.role}`)}`,
      sessions: sessions.map((one) => ({
        present: one.id === exchange.sessionId,
        agent: one.agent || t('accounts.own.unknownBrowser'),
        facts: t('accounts.own.session', {
          address: one.address,
          since: formatShortInstant(one.createdAt),
          seen: formatShortInstant(one.lastSeenAt),
        }),
        id: one.id,
      })),
      end: paths.ownSessionsEnd(),
      endOthers: sessions.length > 1 ? others : null,
      password: paths.ownPassword(),
      userName: account.userName,
      code: {
        text: hasCode
          ? t('accounts.own.hasCode', { left: credentials!.recoveryCodesLeft })
          : t('accounts.own.noCode'),
        tone: hasCode ? 'ok' : 'warn',
        setUp: paths.newOwnCode(),
        setUpText: t(hasCode ? 'accounts.own.newCode' : 'accounts.own.setUpCode'),
        removal: hasCode && !needsOneTimeCode(account.role) ? paths.ownCodeRemoval() : null,
      },
    },
    formOptions(state),
  );
}

async function showOwnSetUp(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  await showSetUp(deps, exchange, state, {
    account: await ownAccount(deps, exchange),
    action: paths.ownCode(),
    cancel: paths.ownAccount(),
  });
}

/** Whoever finds a screen left open knows no password: with it alone what signs an account in is changed. */
const presentPassword = Joi.string().max(500).required().label('accounts.presentPassword');

const passwordForm = (deps: Deps, show: Show): FormSpec<{ presentPassword: string; password: string }> => ({
  schema: Joi.object({
    presentPassword,
    ...newPassword,
  }),
  show,
  async act(exchange, { presentPassword, password }) {
    const account = await ownAccount(deps, exchange);
    const { address } = exchange;
    const sessionId = exchange.sessionId!;
    await changePassword(deps, { account, presentPassword, password, sessionId, address });
    return { to: paths.ownAccount(), flash: { text: exchange.t('accounts.passwordChanged') } };
  },
});

const setUpForm = (deps: Deps, show: Show): FormSpec<{ code: string; presentPassword: string }> => ({
  schema: Joi.object({ code: codeField, presentPassword }),
  show,
  async act(exchange, { code, presentPassword }) {
    const account = await ownAccount(deps, exchange);
    await confirmPassword(deps, { account, presentPassword, address: exchange.address });
    const recovery = await confirmOneTimeCode(deps, { account, code });
    showRecoveryCodes(exchange, recovery, paths.ownAccount());
    return 'answered';
  },
});

const removalForm = (deps: Deps, show: Show): FormSpec<{ presentPassword: string }> => ({
  schema: Joi.object({ presentPassword }),
  key: '-code',
  show,
  async act(exchange, { presentPassword }) {
    const account = await ownAccount(deps, exchange);
    if (needsOneTimeCode(account.role)) throw new RuleBroken('accounts.codeRequired');
    await confirmPassword(deps, { account, presentPassword, address: exchange.address });
    await removeOneTimeCode(deps, { actor: exchange.actor, account });
    return { to: paths.ownAccount(), flash: { text: exchange.t('accounts.codeRemoved') } };
  },
});

/** Ends the sign-in named, or every other one. */
const endForm = (deps: Deps, show: Show): FormSpec<{ session: string; presentPassword: string }> => ({
  schema: Joi.object({ session: Joi.string().max(100).required(), presentPassword }),
  key: '-end',
  show,
  async act(exchange, { session, presentPassword }) {
    const { actor, address } = exchange;
    const account = await ownAccount(deps, exchange);
    await confirmPassword(deps, { account, presentPassword, address });
    const present = exchange.sessionId!;
    const count =
      session === others
        ? await endOtherSessions(deps, { actor, sessionId: present })
        : await endSession(deps, { actor, sessionId: session, present: false });
    return { to: paths.ownAccount(), flash: { text: exchange.t('accounts.sessionsEnded', { count }) } };
  },
});
