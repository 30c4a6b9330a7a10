// createApp(deps): the middleware and routes in order; the very app that is served and that the tests drive.
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Deps } from './deps.ts';
import { can } from './domain/accounts/permissions.ts';
import { NotAllowed, NotFound } from './domain/shared/errors.ts';
import { openCookieJar } from './web/kernel/cookies.ts';
import { createExchange, type Exchange, type WebSite } from './web/kernel/exchange.ts';
import { emptyBody } from './web/kernel/body.ts';
import { readBody } from './web/kernel/read-body.ts';
import { requirePlainQuery } from './web/kernel/field-names.ts';
import { noIntake } from './web/kernel/intake.ts';
import type { Route } from './web/kernel/route.ts';
import { randomToken } from './web/kernel/tokens.ts';
import { answerError } from './web/middleware/handle-errors.ts';
import { holdForm } from './web/middleware/hold-form.ts';
import { createRequestRate, type RequestRate } from './web/middleware/request-rate.ts';
import { nobody, resumeSession, type Resumed } from './web/middleware/resume-session.ts';
import { setUpAssets } from './web/middleware/set-up-assets.ts';
import { setPageHeaders, setUpSecurity } from './web/middleware/set-up-security.ts';
import { runForRequest } from './persistence/request-facts.ts';
import { navigationFor } from './web/navigation.ts';
import { paths, withQuery } from './web/paths.ts';
import { allRoutes } from './web/routes.ts';
import { createViewEngine } from './web/view-engine.ts';
import { createWording, type Lang } from './web/wording.ts';

const root = new URL('../', import.meta.url);

/** The Express application over the given parts; nothing listens yet. */
export function createApp(deps: Deps): Express {
  const app = express();
  const wording = createWording(fileURLToPath(new URL('templates/wording/', root)));
  const site: WebSite = {
    engine: createViewEngine(fileURLToPath(new URL('views/', root)), wording),
    wording,
    secret: deps.config.sessionSecret,
    publicUrl: deps.config.publicUrl,
    demo: deps.demo,
    version: (JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string }).version,
    now: deps.now,
    log: deps.log,
    navigationFor,
  };
  const rate = createRequestRate(deps.config, deps.now);
  const parts: Parts = { deps, site, rate };
  setUpSecurity(app, deps.config.trustProxy);
  setUpAssets(app);
  for (const route of allRoutes(deps)) {
    app[route.method](route.path, (request, response) => answer(parts, route, request, response));
  }
  app.use((request, response) => answer(parts, failingRoute(new NotFound()), request, response));
  // What Express itself cannot read, such as an address with a broken escape, has a page of ours as well.
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) =>
    answer(parts, failingRoute(error), request, response),
  );
  return app;
}

/** A route that only fails, open to everybody. */
function failingRoute(error: unknown): Route {
  return {
    method: 'get',
    path: '*',
    permission: 'public',
    handle: () => {
      throw error;
    },
  };
}

interface Parts {
  readonly deps: Deps;
  readonly site: WebSite;
  readonly rate: RequestRate;
}

async function answer(
  { deps, site, rate }: Parts,
  route: Route,
  request: Request,
  response: Response,
): Promise<void> {
  setPageHeaders(response, route);
  const cookies = openCookieJar(request, response);
  const lang: Lang = cookies.get('skillroll_lang') === 'en' ? 'en' : 'zh';
  response.locals.submissions = deps.submissions;
  const given = { request, response, site, cookies, lang, gives: route.gives };
  const open = ({ signedIn, awaiting }: Resumed, body = emptyBody): Exchange =>
    createExchange({ ...given, signedIn, awaiting, body });
  let exchange = open(nobody);
  try {
    rate.countAddress(exchange.address);
    const resumed = await resumeSession(deps, cookies);
    const { signedIn } = resumed;
    exchange = open(resumed);
    rate.count(resumed.signedIn?.sessionId ?? exchange.address, request.method === 'POST');
    requirePlainQuery(request.url);
    const intake = route.intake ?? noIntake;
    if (route.permission !== 'public' && signedIn === null) {
      if (request.method === 'POST') await holdForm(deps, exchange, () => readBody(request, intake));
      const next = request.method === 'GET' ? request.originalUrl : '';
      exchange.redirect(withQuery(paths.signIn(), { next }));
      return;
    }
    if (
      route.permission !== 'public' &&
      route.permission !== 'signedIn' &&
      !can(signedIn!.actor, route.permission)
    )
      throw new NotAllowed('shared.notYours');
    if (request.method === 'POST') exchange = open(resumed, await readBody(request, intake));
    await runForRequest(request.ip, async () => route.handle(exchange));
  } catch (error) {
    answerError(exchange, error, deps.log, randomToken(6));
  }
}
