// An exchange is one request with all a page needs around it: who looks, in which language, what was posted, and ways to
// answer.
import type { Request, Response } from 'express';
import type { Actor } from '../../domain/accounts/actor.ts';
import { can, type Action } from '../../domain/accounts/permissions.ts';
import { NotAllowed, type ApplicationError, type Details } from '../../domain/shared/errors.ts';
import type { Log } from '../../log.ts';
import type { Account } from '../../domain/accounts/account.ts';
import type { Frame, Link, NavigationItem } from '../frame.ts';
import { plainFrame } from '../frame.ts';
import type { ViewEngine } from '../view-engine.ts';
import { placeholders, type Lang, type Wording, type WordingParams } from '../wording.ts';
import type { CookieJar } from './cookies.ts';
import { fileTypes, type GivenKind } from './file-types.ts';
import { readFlash, writeFlash, type FlashMessage } from './flash.ts';
import type { Body } from './body.ts';
import { isSigned, randomToken, sign } from './tokens.ts';

/** What every exchange of the process shares. */
export interface WebSite {
  readonly engine: ViewEngine;
  readonly wording: Wording;
  readonly secret: string;
  readonly publicUrl: string;
  readonly demo: boolean;
  readonly version: string;
  readonly log: Log;
  readonly now: () => Date;
  readonly navigationFor: (viewer: Actor, path: string) => readonly NavigationItem[];
}

export interface SignedIn {
  readonly actor: Actor;
  readonly organisation: string;
  readonly sessionId: string;
  readonly until: Date;
}

/** A sign-in between its two steps. */
export interface Awaiting {
  readonly account: Account;
  readonly sessionId: string;
  readonly awaits: 'code' | 'codeSetUp';
}

export interface PageOptions {
  readonly status?: number;
  readonly breadcrumb?: readonly Link[];
  readonly errors?: Frame['errors'];
  readonly submissionKey?: string;
  readonly form?: string | null;
}

export interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly site: WebSite;
  readonly cookies: CookieJar;
  readonly lang: Lang;
  readonly viewer: Actor | null;
  readonly sessionId: string | null;
  readonly awaiting: Awaiting | null;
  /** The signed-in viewer; throws NotAllowed when there is none (routes with a permission never meet that). */
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  /** Query values; a repeated name gives its last value, control characters are spaces. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: Body;
  /** Network address the request came from, for throttling. */
  readonly address: string;
  readonly now: Date;
  t(key: string, params?: WordingParams): string;
  /** The sentence of an error's code with those details it has places for. */
  explain(error: Pick<ApplicationError, 'code' | 'details'> | { code: string; details?: Details }): string;
  may(action: Action): boolean;
  /** Answers with a page; `title` is finished text. */
  page(view: string, title: string, model: object, options?: PageOptions): void;
  redirect(to: string, flash?: FlashMessage): void;
  send(bytes: Uint8Array, file: SentFile): void;
  /** The headers of a file whose bytes follow; throws for a kind the route does not say that it gives. */
  attach(file: SentFile): void;
  /** Whether the posted form token belongs to this visitor. */
  hasValidToken(): boolean;
}

export interface SentFile {
  readonly type: string;
  readonly name: string;
  readonly inline?: boolean;
}

export function createExchange(parts: {
  request: Request;
  response: Response;
  site: WebSite;
  cookies: CookieJar;
  lang: Lang;
  signedIn: SignedIn | null;
  awaiting?: Awaiting | null;
  body: Body;
  gives?: readonly GivenKind[] | undefined;
}): Exchange {
  const { request, response, site, cookies, lang, signedIn, body } = parts;
  const now = site.now();
  const visitor = () => {
    let id = cookies.get('skillroll_visitor');
    if (id === null) {
      id = randomToken(16);
      cookies.set('skillroll_visitor', id);
    }
    return id;
  };
  const tokenValue = () => `${visitor()}:${signedIn?.sessionId ?? ''}`;
  const t: Exchange['t'] = (key, params) => site.wording.t(lang, key, params);

  const attach: Exchange['attach'] = ({ type, name, inline }) => {
    if (!parts.gives?.some((kind) => fileTypes[kind] === type))
      throw new Error(`${request.method} ${request.path} does not say that it gives ${type}`);
    const disposition = inline ? 'inline' : 'attachment';
    response.setHeader('Content-Disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(name)}`);
    response.type(type);
  };

  const navigation = signedIn === null ? [] : site.navigationFor(signedIn.actor, request.path);
  /** From the entry of the navigation the page lies under, which pages need not name. */
  const trailOf = (breadcrumb: readonly Link[]): readonly Link[] => {
    const entry = navigation.find((one) => one.current);
    if (
      entry === undefined ||
      entry.href === request.path ||
      breadcrumb.some((one) => one.href === entry.href)
    )
      return breadcrumb;
    return [{ href: entry.href, text: t(entry.labelKey) }, ...breadcrumb];
  };
  const frame = (title: string, options: PageOptions): Frame => ({
    ...plainFrame(lang, title, now),
    viewer:
      signedIn === null
        ? null
        : {
            name: signedIn.actor.name,
            organisation: signedIn.organisation,
            roleLabel: t(`accounts.role.${signedIn.actor.role}`),
          },
    navigation,
    breadcrumb: trailOf(options.breadcrumb ?? []),
    flash: options.errors && options.errors.length > 0 ? null : readFlash(cookies, site.secret),
    errors: options.errors ?? [],
    csrfToken: sign(site.secret, 'form', tokenValue()),
    submissionKey: options.submissionKey ?? randomToken(18),
    form: options.form ?? null,
    path: request.originalUrl,
    theme: oneOf(cookies.get('skillroll_theme'), ['system', 'light', 'dark'], 'system'),
    textSize: oneOf(cookies.get('skillroll_text'), ['normal', 'large', 'largest'], 'normal'),
    signedInUntil: signedIn?.until ?? null,
    demo: site.demo,
    version: site.version,
  });

  return {
    request,
    response,
    site,
    cookies,
    lang,
    viewer: signedIn?.actor ?? null,
    sessionId: signedIn?.sessionId ?? null,
    awaiting: parts.awaiting ?? null,
    get actor() {
      if (signedIn === null) throw new NotAllowed('accounts.signInFirst');
      return signedIn.actor;
    },
    params: request.params as Record<string, string>,
    query: flatten(request.url),
    body,
    address: request.ip ?? '',
    now,
    t,
    explain(error) {
      const key = site.wording.has(error.code) ? error.code : 'shared.ruleBroken';
      const wanted = placeholders(site.wording.entries.get(key)?.[lang] ?? '');
      const params: Record<string, string | number> = {};
      for (const name of wanted) {
        const value = error.details?.[name];
        params[name] =
          typeof value === 'number'
            ? value
            : Array.isArray(value)
              ? value.join(lang === 'zh' ? '、' : ', ')
              : String(value ?? '');
      }
      return t(key, params);
    },
    may: (action) => can(signedIn?.actor ?? null, action),
    page(view, title, model, options = {}) {
      response.status(options.status ?? 200);
      response.type('html').send(site.engine.render(view, model, frame(title, options)));
    },
    redirect(to, flash) {
      if (flash) writeFlash(cookies, site.secret, flash);
      response.redirect(303, to);
    },
    send(bytes, file) {
      attach(file);
      response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
    attach,
    hasValidToken() {
      const given = body.fields._csrf;
      return typeof given === 'string' && isSigned(site.secret, 'form', tokenValue(), given);
    },
  };
}

function flatten(url: string): Record<string, string> {
  const at = url.indexOf('?');
  const values = Object.create(null) as Record<string, string>;
  if (at >= 0)
    for (const [name, value] of new URLSearchParams(url.slice(at + 1)))
      values[name] = value.replace(/\p{Cc}/gu, ' ');
  return values;
}

function oneOf<T extends string>(value: string | null, allowed: readonly T[], fallback: T): T {
  return allowed.find((candidate) => candidate === value) ?? fallback;
}
