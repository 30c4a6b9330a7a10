// A form sent after the sign-in ran out: what was typed is kept for the same account, to be shown again once it signed in.
import type { Deps } from '../../deps.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { typedValues } from '../kernel/form.ts';
import type { Body } from '../kernel/body.ts';
import { hashToken, randomToken } from '../kernel/tokens.ts';
import { sessionCookie } from './resume-session.ts';

export const heldCookie = 'skillroll_held';
const halfAnHour = 1_800;

/** Keeps the posted fields (not its files) when the browser was signed in before; does nothing for a stranger. */
export async function holdForm(
  deps: Pick<Deps, 'signInSessions' | 'heldForms' | 'now'>,
  exchange: Exchange,
  readBody: () => Promise<Body>,
): Promise<void> {
  const ended = exchange.cookies.get(sessionCookie);
  const owner = ended === null ? null : await deps.signInSessions.ownerOf(hashToken(ended));
  if (owner === null) return;
  const fields = typedValues((await readBody()).fields);
  if (Object.keys(fields).length === 0) return;
  const token = randomToken(32);
  await deps.heldForms.hold(hashToken(token), owner, { path: exchange.request.path, fields }, deps.now());
  exchange.cookies.set(heldCookie, token, { maxAgeSeconds: halfAnHour });
}
