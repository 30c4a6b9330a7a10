// What a sign-in costs beside its password, and what the security chain costs beside the page.
import express from 'express';
import { once } from 'node:events';
import { Agent, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Deps } from '../../src/deps.ts';
import { createPasswords } from '../../src/persistence/passwords.ts';
import { signIn } from '../../src/use-cases/accounts/sign-in.ts';
import { emptyBody } from '../../src/web/kernel/body.ts';
import { openCookieJar } from '../../src/web/kernel/cookies.ts';
import { createExchange, type WebSite } from '../../src/web/kernel/exchange.ts';
import { navigationFor } from '../../src/web/navigation.ts';
import { allRoutes } from '../../src/web/routes.ts';
import { createViewEngine } from '../../src/web/view-engine.ts';
import { createWording } from '../../src/web/wording.ts';
import { openSite } from '../support/browse.ts';
import { anActor, testPassword } from '../support/builders.ts';
import { aSession } from '../support/rosters.ts';
import { openWorld } from '../support/world.ts';
import { inTurn, ms, type Measured } from './measure.ts';

/** Sign-ins one after another at the cost production takes, against the hashing of the password alone. */
export async function benchSignIn(count: number, cost = 17): Promise<Measured> {
  const world = await openWorld('2021-04-20');
  try {
    const passwords = createPasswords(cost);
    const deps: Deps = { ...world.deps, passwords };
    const { accountId, userName } = await anActor(deps, 'townshipDesk', { areaCode: '320507001' });
    const hash = await passwords.hash(testPassword);
    await deps.transaction(() => deps.credentials.setPassword(accountId, hash));
    let made = 0;
    const arrive = () => ({ tokenHash: `bench-${made++}`, address: '127.0.0.1', agent: 'bench' });
    const repeat = async (work: () => Promise<unknown>) => {
      for (let at = 0; at < count; at += 1) await work();
    };
    const times = await inTurn(
      3,
      () => repeat(() => signIn(deps, { ...arrive(), userName, password: testPassword, instead: null })),
      () => repeat(() => passwords.matches(testPassword, hash)),
    );
    const [whole, hashing] = [times.subject / count, times.baseline / count];
    return {
      name: 'sign-in by password',
      result: `${ms(whole)} each`,
      baseline: `${ms(hashing)} for scrypt of the password alone (N = 2^${cost})`,
      ratio: `${ms(Math.max(0, whole - hashing))} beside it`,
      goal: 'stated',
      met: true,
    };
  } finally {
    await world.close();
  }
}

/**
 * A list page through the whole application, against the same page handed its viewer: without security headers, rates,
 * sign-in session, permission, the check of the query, and the facts kept for the trail.
 */
export async function benchSecurityChain(sessions: number, requests: number, turns = 5): Promise<Measured> {
  const world = await openWorld('2021-04-20');
  const { deps } = world;
  const site = await openSite(deps);
  const bare = await listen(deps, await anActor(deps, 'bureauOfficer'));
  const agent = new Agent({ keepAlive: true });
  try {
    for (let at = 0; at < sessions; at += 1) await aSession(deps);
    const visitor = site.visitor();
    await visitor.signIn((await anActor(deps, 'bureauOfficer')).userName);
    const path = '/training-sessions?year=2021';
    const turn = (url: string) => async () => {
      for (let at = 0; at < requests; at += 4)
        await Promise.all([0, 1, 2, 3].map(() => get(agent, url + path, visitor.cookies())));
    };
    await turn(site.url)();
    await turn(bare.url)();
    const times = await inTurn(turns, turn(site.url), turn(bare.url));
    const share = times.baseline / times.subject;
    const rate = (spent: number) => Math.round((1_000 * requests) / spent);
    return {
      name: `list page (${sessions} sessions) with the security chain`,
      result: `${rate(times.subject)} a second`,
      baseline: `${rate(times.baseline)} a second of the same page handed its viewer`,
      ratio: `${share.toFixed(2)} of it`,
      goal: 'at least 0.85',
      met: share >= 0.85,
    };
  } finally {
    agent.destroy();
    bare.server.close();
    await site.close();
    await world.close();
  }
}

const root = new URL('../../', import.meta.url);
const folder = (name: string) => fileURLToPath(new URL(name, root));

/** Express with our routes and views, and nothing that asks who is there. */
async function listen(
  deps: Deps,
  actor: Awaited<ReturnType<typeof anActor>>,
): Promise<{ url: string; server: Server }> {
  const wording = createWording(folder('templates/wording/'));
  const site: WebSite = {
    engine: createViewEngine(folder('views/'), wording),
    wording,
    secret: deps.config.sessionSecret,
    publicUrl: deps.config.publicUrl,
    demo: deps.demo,
    version: '0',
    now: deps.now,
    log: deps.log,
    navigationFor,
  };
  const signedIn = { actor, organisation: '', sessionId: 'bench', until: deps.now() };
  const app = express();
  for (const route of allRoutes(deps).filter(({ method }) => method === 'get'))
    app.get(route.path, async (asked, response) => {
      const cookies = openCookieJar(asked, response);
      await route.handle(
        createExchange({ request: asked, response, site, cookies, lang: 'zh', signedIn, body: emptyBody }),
      );
    });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function get(agent: Agent, url: string, cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { cookie } }, (answer) => {
      answer
        .resume()
        .on('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${answer.statusCode}`)),
        );
    })
      .on('error', reject)
      .end();
  });
}
