// A route is a line: method, path, permission, handler. Paths come from paths.ts, permissions from domain/accounts.
import type { Action } from '../../domain/accounts/permissions.ts';
import type { Exchange } from './exchange.ts';
import { handleForm, type FormSpec } from './form.ts';

export type Handler = (exchange: Exchange) => Promise<void> | void;
export type RoutePermission = Action | 'public' | 'signedIn';

export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly permission: RoutePermission;
  readonly handle: Handler;
}

export function get(path: string, permission: RoutePermission, handle: Handler): Route {
  return { method: 'get', path, permission, handle };
}

/** A POST route; every one is a form with a token, a submission key and a page to come back to. */
export function post<V>(path: string, permission: RoutePermission, spec: FormSpec<V>): Route {
  return { method: 'post', path, permission, handle: (exchange) => handleForm(exchange, spec) };
}
