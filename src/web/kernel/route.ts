// A route is a line: method, path, permission, handler. Paths come from paths.ts, permissions from domain/accounts.
import type { Action } from '../../domain/accounts/permissions.ts';
import type { Exchange } from './exchange.ts';
import type { GivenKind } from './file-types.ts';
import { handleForm, type FormSpec } from './form.ts';
import { intakeOf, type Intake } from './intake.ts';

export type Handler = (exchange: Exchange) => Promise<void> | void;
export type RoutePermission = Action | 'public' | 'signedIn';

export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly permission: RoutePermission;
  readonly handle: Handler;
  /** What its form takes; a GET has none. */
  readonly intake?: Intake;
  /** Shows a holder's or a checked certificate's facts: not indexed, and its address is told to nobody. */
  readonly discreet?: boolean;
  /** The kinds of file it gives out; a route that names none answers with pages alone. */
  readonly gives?: readonly GivenKind[];
}

export function get(path: string, permission: RoutePermission, handle: Handler): Route {
  return { method: 'get', path, permission, handle };
}

/** A POST route; every one is a form with a token, a submission key and a page to come back to. */
export function post<V>(path: string, permission: RoutePermission, spec: FormSpec<V>): Route {
  const intake = intakeOf(spec.schema, spec.takes);
  return {
    method: 'post',
    path,
    permission,
    intake,
    handle: (exchange) => handleForm(exchange, spec, intake),
  };
}

/** The same route as one that gives out files of these kinds; sending another kind throws. */
export function gives(kinds: readonly GivenKind[], route: Route): Route {
  return { ...route, gives: kinds };
}

/** The same route as a discreet one. */
export function discreet(route: Route): Route {
  return { ...route, discreet: true };
}
