// Every route × every role × own and others' records, over HTTP with real sessions: status, body, and a database that no
// refused request changes.
import { expect } from 'chai';
import { roles, type Role } from '../../../src/domain/accounts/actor.ts';
import { allRoutes } from '../../../src/web/routes.ts';
import type { Route } from '../../../src/web/kernel/route.ts';
import { openSite, type Answer, type Visitor } from '../../support/browse.ts';
import { digestsOf } from '../../support/digests.ts';
import { openWorld, type World } from '../../support/world.ts';
import { expectations, open, type Row } from './expectations.ts';
import { makeMatrix, reaches, type Matrix, type Owned } from './records.ts';

/** Routes between two looks at the whole database. */
const atOnce = 8;
const nobody = '01dxf6e8fmvk5ggc8pnb4h5tzj';
const keyOf = (route: Route) => `${route.method.toUpperCase()} ${route.path}`;
const pathOf = (route: Route, id: string) =>
  route.path.replace(':year', '2021').replace(':format', 'csv').replace(':code', 'F13').replace(/:\w+/, id);

/** Fields that pass the shape of most forms, so that a refusal comes from who asks and not from what is typed. */
const fields = (route: Route, enterpriseId: string): Record<string, string> => ({
  enterpriseId,
  version: '0',
  name: '改过的名称',
  reason: '足够长的原因',
  warningReason: '足够长的原因',
  category: 'issued_in_error',
  kind: /^\/lessons|lessons$/.test(route.path) ? 'practice' : 'upskilling',
  occupationCode: '6-31-01-03',
  skillLevel: 'intermediate',
  targetLevel: 'intermediate',
  fundingSource: 'upskilling_action',
  capacity: '40',
  theoryHours: '20',
  practiceHours: '40',
  startsOn: '2021-05-06',
  endsOn: '2021-06-10',
  on: '2021-04-20',
  day: '2021-05-20',
  startsAt: '13:00',
  endsAt: '16:00',
  teacher: '李老师',
  venue: '105 教室',
  areaCode: '320507001',
  schoolName: '技工学校',
  termMonths: '12',
  plannedCount: '12',
  classHoursPerYear: '400',
  to: 'left',
  programmeId: nobody,
  text: '王',
  list: '',
  termEnd: '2024-01-01',
  openedAt: '0',
});

/** A page without what differs from one look to the next: tokens, reference and the id asked for. */
const plain = (answer: Answer, id: string) =>
  answer.text
    .replaceAll(id, '')
    .replace(/value="[\w-]{20,}"/g, '')
    .replace(/<code>[\w-]+<\/code>/g, '');

/** Runs checks to their end and keeps what they complain of, so that one run tells everything. */
function gather(): { check(work: () => void): void; all: string[] } {
  const all: string[] = [];
  return {
    all,
    check(work) {
      try {
        work();
      } catch (error) {
        all.push((error as Error).message.slice(0, 400));
      }
    },
  };
}

describe('web/matrix', function () {
  this.timeout(180_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let routes: readonly Route[];
  let matrix: Matrix;
  const visitors = new Map<Role, Visitor>();
  const tokens = new Map<Role, string>();

  before(async () => {
    world = await openWorld('2021-04-20');
    matrix = await makeMatrix(world);
    site = await openSite(world.deps);
    routes = allRoutes(world.deps);
    for (const role of roles) {
      const visitor = site.visitor();
      expect((await visitor.signIn(matrix.actors.get(role)!.userName)).status, role).to.equal(303);
      visitors.set(role, visitor);
      tokens.set(role, /name="_csrf" value="([^"]*)"/.exec((await visitor.get('/home')).text)![1]!);
    }
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  const homeEnterprise = () =>
    matrix.records.find((one) => one.kind === 'organisation' && one.owner === 'enterprise')!.id;
  const rowOf = (route: Route) => expectations[keyOf(route)]!;
  const send = (role: Role, route: Route, id: string): Promise<Answer> => {
    const visitor = visitors.get(role)!;
    return route.method === 'get'
      ? visitor.get(pathOf(route, id))
      : visitor.post(pathOf(route, id), fields(route, homeEnterprise()), {
          token: tokens.get(role)!,
          key: `matrix-${Math.random()}-${role}`,
        });
  };
  const recordsFor = ({ about }: Row): readonly Owned[] =>
    matrix.records.filter((one) =>
      about === 'filing' ? one.kind === 'session' || one.kind === 'change' : one.kind === about,
    );
  const isAllowed = (row: Row, role: Role, record: Owned | null) =>
    row.by.includes(role) && (record === null || reaches(role, record));
  /** What is refused: for who may not at all, one record of each side says it. */
  const refusedFor = (row: Row, role: Role, targets: readonly (Owned | null)[]) => {
    const refused = targets.filter((record) => !isAllowed(row, role, record));
    if (row.by.includes(role)) return refused;
    return refused.filter((one, at) => refused.findIndex((other) => other?.side === one?.side) === at);
  };
  /**
   * What no page of this role may hold; whose accounts there are is the administrators' to see, and the trail names records
   * by their numbers, but nobody by name.
   */
  const secretsFor = (role: Role): readonly string[] => {
    if (role === 'auditor') return matrix.secrets.filter((one) => !/\d/.test(one));
    return /^bureau(Officer|Reviewer)$|Administrator$/.test(role) ? [] : matrix.secrets;
  };
  const noSecret = (answer: Answer, role: Role, what: string) => {
    for (const secret of secretsFor(role))
      expect(answer.text.includes(secret), `${what} shows ${secret}`).to.equal(false);
  };

  it('has a row for every route, and no row for none', () => {
    expect(Object.keys(expectations).sort()).to.deep.equal(routes.map(keyOf).sort());
    for (const route of routes)
      if (route.path.includes(':id') && rowOf(route) !== open)
        expect(recordsFor(rowOf(route) as Row), keyOf(route)).to.have.length.above(1);
  });

  it('refuses whoever is not named, and changes nothing by it', async () => {
    const { check, all } = gather();
    const digests = () => digestsOf(world.deps.people.model.db, ['signInSessions']);
    let before = await digests();
    const refuse = async (role: Role, route: Route, row: Row, record: Owned | null) => {
      const what = `${role} ${keyOf(route)} ${record === null ? '' : `${record.side} ${record.owner}`}`;
      const answer = await send(role, route, record?.id ?? '');
      check(() => noSecret(answer, role, what));
      if (!row.by.includes(role)) return check(() => expect(answer.status, what).to.equal(403));
      check(() => expect(answer.status, what).to.equal(404));
      const absent = await send(role, route, nobody);
      check(() =>
        expect(plain(answer, record!.id) === plain(absent, nobody), `${what}: same page`).to.equal(true),
      );
    };
    const closed = routes.filter((route) => rowOf(route) !== open);
    for (let at = 0; at < closed.length; at += atOnce) {
      const some = closed.slice(at, at + atOnce);
      for (const route of some) {
        const row = rowOf(route) as Row;
        const targets = row.about === null ? [null] : recordsFor(row);
        await Promise.all(
          roles.flatMap((role) =>
            refusedFor(row, role, targets).map((record) => refuse(role, route, row, record)),
          ),
        );
      }
      const after = await digests();
      check(() => expect(after, `one of ${some.map(keyOf).join(', ')}`).to.deep.equal(before));
      before = after;
    }
    expect(all).to.deep.equal([]);
  });

  it('sends strangers to sign in', async () => {
    const stranger = site.visitor();
    for (const route of routes) {
      if (rowOf(route) === open) continue;
      const path = pathOf(route, matrix.records[0]!.id);
      const answer =
        route.method === 'get' ? await stranger.get(path) : await stranger.post(path, {}, { token: 'none' });
      expect(answer.status, keyOf(route)).to.equal(303);
      expect(answer.location, keyOf(route)).to.match(/^\/session\/new/);
    }
  });

  it('lets whoever is named look at their own, without a word of anybody else’s', async () => {
    const { check, all } = gather();
    for (const route of routes) {
      const row = rowOf(route);
      if (route.method !== 'get' || row === open) continue;
      const targets = row.about === null ? [null] : recordsFor(row);
      await Promise.all(
        row.by.flatMap((role) =>
          targets
            .filter((record) => isAllowed(row, role, record))
            .map(async (record) => {
              const what = `${role} ${keyOf(route)} ${record?.side ?? ''} ${record?.owner ?? ''}`;
              const answer = await send(role, route, record?.id ?? '');
              check(() => expect(answer.status, what).to.be.oneOf(allowedOf(route)));
              check(() => noSecret(answer, role, what));
            }),
        ),
      );
    }
    expect(all).to.deep.equal([]);
  });

  it('lets whoever is named act on their own: done, or sent back for what was typed', async () => {
    const { check, all } = gather();
    for (const route of routes) {
      const row = rowOf(route);
      if (route.method !== 'post' || row === open) continue;
      for (const role of row.by) {
        const record = row.about === null ? null : recordsFor(row).find((one) => reaches(role, one));
        if (record === undefined) continue;
        const answer = await send(role, route, record?.id ?? '');
        const what = `${role} ${keyOf(route)}`;
        check(() => {
          if (answer.status === 403) expect(answer.text, what).to.include('须由另一人办理');
          else expect(answer.status, what).to.be.oneOf([200, 303, 409, 422]);
          noSecret(answer, role, what);
        });
      }
    }
    expect(all).to.deep.equal([]);
  });
});

/** 303 sends on from a form that is not for now; the latest year is a redirect; a file not made yet is none. */
function allowedOf(route: Route): readonly number[] {
  if (/\.pdf$|\.zip$|error-file$/.test(route.path)) return [200, 303, 404, 409];
  return [200, 303, 409];
}
