// For half an hour after the claim code was right, a signed cookie says whose certificates this visitor may see.
import type { Exchange } from '../kernel/exchange.ts';
import { isSigned, sign } from '../kernel/tokens.ts';

const name = 'skillroll_holder';
const minutes = 30;

export function beginHolding(exchange: Exchange, personId: string): void {
  const value = `${personId}.${exchange.now.getTime() + minutes * 60_000}`;
  exchange.cookies.set(name, `${value}.${sign(exchange.site.secret, 'holder', value)}`, {
    maxAgeSeconds: minutes * 60,
  });
}

/** The person proven by claim code, or null when nobody was, the time is over, or the cookie was altered. */
export function holderOf(exchange: Exchange): string | null {
  const [personId = '', until = '', signature = ''] = (exchange.cookies.get(name) ?? '').split('.');
  if (personId === '' || !isSigned(exchange.site.secret, 'holder', `${personId}.${until}`, signature))
    return null;
  return Number(until) > exchange.now.getTime() ? personId : null;
}

export function endHolding(exchange: Exchange): void {
  exchange.cookies.clear(name);
}
