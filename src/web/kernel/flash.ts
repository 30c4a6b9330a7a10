// One message carried to the next page in a signed cookie.
import type { Flash } from '../frame.ts';
import type { CookieJar } from './cookies.ts';
import { isSigned, sign } from './tokens.ts';

/** Finished text in the viewer's language, with an optional link and undo. */
export type FlashMessage = Pick<Flash, 'text'> & Partial<Flash>;

const name = 'skillroll_flash';

export function writeFlash(cookies: CookieJar, secret: string, message: FlashMessage): void {
  const flash: Flash = { tone: 'ok', link: null, undo: null, ...message };
  const value = Buffer.from(JSON.stringify(flash)).toString('base64url');
  cookies.set(name, `${value}.${sign(secret, 'flash', value)}`, { maxAgeSeconds: 300 });
}

/** The waiting message, taken off so that it shows once; null when there is none or it was tampered with. */
export function readFlash(cookies: CookieJar, secret: string): Flash | null {
  const cookie = cookies.get(name);
  if (cookie === null) return null;
  cookies.clear(name);
  const [value = '', signature = ''] = cookie.split('.');
  if (!isSigned(secret, 'flash', value, signature)) return null;
  return JSON.parse(Buffer.from(value, 'base64url').toString('utf8')) as Flash;
}
