// Cookies of the product: read from the header, written with the attributes all of them share.
import type { Request, Response } from 'express';

export interface CookieJar {
  get(name: string): string | null;
  set(name: string, value: string, options?: { maxAgeSeconds?: number; httpOnly?: boolean }): void;
  clear(name: string): void;
}

/** A jar over one request; names get the `__Host-` prefix and Secure when the page came over TLS. */
export function openCookieJar(request: Request, response: Response): CookieJar {
  const prefix = request.secure ? '__Host-' : '';
  const given = parse(request.headers.cookie ?? '');
  const write = (name: string, value: string, attributes: string) => {
    const secure = request.secure ? '; Secure' : '';
    response.append(
      'Set-Cookie',
      `${prefix}${name}=${encodeURIComponent(value)}; Path=/; SameSite=Lax${secure}${attributes}`,
    );
  };
  return {
    get: (name) => given.get(prefix + name) ?? null,
    set(name, value, { maxAgeSeconds, httpOnly = true } = {}) {
      given.set(prefix + name, value);
      const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
      write(name, value, (httpOnly ? '; HttpOnly' : '') + age);
    },
    clear(name) {
      given.delete(prefix + name);
      write(name, '', '; HttpOnly; Max-Age=0');
    },
  };
}

function parse(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    try {
      cookies.set(pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim()));
    } catch {
      // A cookie that is not ours to read.
    }
  }
  return cookies;
}
