// A new session token for the browser that signs in, and where it goes from there.
import type { Deps } from '../../deps.ts';
import type { Arrival } from '../../use-cases/accounts/begin-session.ts';
import type { Awaits } from '../../domain/accounts/sign-in-rules.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { hashToken, randomToken } from '../kernel/tokens.ts';
import { heldCookie } from '../middleware/hold-form.ts';
import { sessionCookie } from '../middleware/resume-session.ts';
import { paths, withQuery } from '../paths.ts';
import { browserName } from './browser-name.ts';
import { safeNext } from './safe-next.ts';

const loopback = /^(::1|127\.|::ffff:127\.)/;

/** A fresh token with what is known of the browser; throws RuleBroken accounts.needsTls where others could listen. */
export function prepareArrival(exchange: Exchange): { token: string; arrival: Arrival } {
  const { request } = exchange;
  if (!request.secure && !loopback.test(request.socket.remoteAddress ?? ''))
    throw new RuleBroken('accounts.needsTls');
  const token = randomToken(32);
  return {
    token,
    arrival: {
      tokenHash: hashToken(token),
      address: exchange.address,
      agent: browserName(request.headers['user-agent'] ?? ''),
    },
  };
}

/** Gives the browser its token and says which page comes next: the code, its set-up, the form that was kept, or `next`. */
export function arrive(exchange: Exchange, token: string, awaits: Awaits, next: string): { to: string } {
  exchange.cookies.set(sessionCookie, token);
  if (awaits === 'code') return { to: withQuery(paths.signInCode(), { next }) };
  if (awaits === 'codeSetUp') return { to: withQuery(paths.signInCodeSetUp(), { next }) };
  if (exchange.cookies.get(heldCookie) !== null) return { to: paths.heldForm() };
  return { to: safeNext(next) || paths.home() };
}

/** The account of the signed-in viewer. */
export async function ownAccount(deps: Pick<Deps, 'unscoped'>, exchange: Exchange) {
  const account = await deps.unscoped.accountByUserName.byId(exchange.actor.accountId);
  if (account === null) throw new RuleBroken('accounts.closed');
  return account;
}
