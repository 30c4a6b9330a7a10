// Who looks: the signed-in account behind the session cookie, with its role and scope as they are now.
import type { Deps } from '../../deps.ts';
import { scopeOf } from '../../domain/accounts/actor.ts';
import type { CookieJar } from '../kernel/cookies.ts';
import type { Awaiting, SignedIn } from '../kernel/exchange.ts';
import { hashToken } from '../kernel/tokens.ts';

export const sessionCookie = 'skillroll_session';

export interface Resumed {
  readonly signedIn: SignedIn | null;
  /** A sign-in that knows the password and still lacks the code. */
  readonly awaiting: Awaiting | null;
}

export const nobody: Resumed = { signedIn: null, awaiting: null };

/** The signed-in viewer of a request, or null; an account closed meanwhile is signed out. */
export async function resumeSession(
  deps: Pick<Deps, 'signInSessions' | 'unscoped' | 'organisations' | 'now'>,
  cookies: CookieJar,
): Promise<Resumed> {
  const token = cookies.get(sessionCookie);
  if (token === null) return nobody;
  const now = deps.now();
  const session = await deps.signInSessions.resume(hashToken(token), now);
  if (session === null) return nobody;
  const account = await deps.unscoped.accountByUserName.byId(session.accountId);
  if (account === null) return nobody;
  if (session.awaits !== null)
    return { signedIn: null, awaiting: { account, sessionId: session.id, awaits: session.awaits } };
  const names =
    account.organisationId === null ? null : await deps.organisations.namesOf([account.organisationId]);
  return {
    awaiting: null,
    signedIn: {
      actor: {
        accountId: account.id,
        name: account.displayName,
        role: account.role,
        scope: scopeOf(account.role, account),
      },
      organisation: names?.get(account.organisationId!) ?? '',
      sessionId: session.id,
      until: new Date(now.getTime() + deps.signInSessions.limits.idleMinutes * 60_000),
    },
  };
}
