// Sends malformed requests and files to the real application: no 500, no crash, and every change whole or not at all.
import { expect } from 'chai';
import { connect } from 'node:net';
import { allRoutes } from '../../src/web/routes.ts';
import { readForeignSheet } from '../../src/sheets/read-foreign-sheet.ts';
import { SheetError } from '../../src/sheets/sheet-error.ts';
import { openSite, type Visitor } from '../support/browse.ts';
import { anActor } from '../support/builders.ts';
import { anIdNumber, aSession } from '../support/rosters.ts';
import { openWorld } from '../support/world.ts';
import { rawXlsx, textRow } from '../sheets/raw-xlsx.ts';
import {
  drawFrom,
  encodePairs,
  mutate,
  oddCsv,
  oddMultipart,
  oddPairs,
  oddRequest,
  type Draw,
} from './draw-malformed.ts';

export const malformedKinds = ['query', 'form', 'multipart', 'upload', 'sheet', 'bytes'] as const;
export type MalformedKind = (typeof malformedKinds)[number];
export type Tally = ReadonlyMap<string, number>;

const headings = { name: ['姓名'], documentNumber: ['证件号码'] };

/** The application with somebody signed in, and how to send `cases` of a kind; each answers with a count by status. */
export async function openTarget(): Promise<{
  send(kind: MalformedKind, cases: number, seed: number): Promise<Tally>;
  close(): Promise<void>;
}> {
  const world = await openWorld('2021-05-01');
  const site = await openSite(world.deps);
  const { session, staff } = await aSession(world.deps, {});
  const officer = await anActor(world.deps, 'bureauOfficer');
  const cookies = new Map<string, string>();
  for (const who of [staff, officer])
    cookies.set(who.userName, await cookiesOf(site.visitor(), who.userName));
  const good = await rawXlsx({
    sheets: [{ name: 's', rows: textRow(1, '姓名', '证件号码') + textRow(2, '张三', anIdNumber()) }],
  });
  const routes = allRoutes(world.deps).filter((one) => one.path !== '/session/end');
  const gets = routes.filter((one) => one.method === 'get');
  const posts = routes.filter((one) => one.method === 'post');
  const roster = `/training-sessions/${session.id}/roster`;
  const fill = (draw: Draw, path: string) =>
    path.replace(/:\w+/g, () =>
      encodeURIComponent(
        draw.pick([session.id, 'x', '__proto__', '$ne', '..', '2021', '1e9', '\u{1f4a9}', 'F13', 'csv']),
      ),
    );
  const request = async (draw: Draw, path: string, init: RequestInit = {}) => {
    const cookie = cookies.get(draw.pick([staff.userName, officer.userName]))!;
    const answer = await fetch(site.url + path, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as object), cookie },
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  const tokenOf = async (userName: string, page: string) => {
    const answer = await fetch(site.url + page, { headers: { cookie: cookies.get(userName)! } });
    return /name="_csrf" value="([^"]*)"/.exec(await answer.text())![1]!;
  };
  const staffToken = await tokenOf(staff.userName, `${roster}/new`);
  const fieldsOf = [
    'name',
    'kind',
    'capacity',
    'startsOn',
    'endsOn',
    'version',
    'reason',
    'text',
    'on',
    'file',
    'number',
  ];
  let sent = 0;
  const senders: Record<MalformedKind, (draw: Draw) => Promise<number | string>> = {
    query: (draw) =>
      request(
        draw,
        `${fill(draw, draw.pick(gets).path)}?${encodePairs(draw, oddPairs(draw, ['page', 'year', 'text', 'state', 'asOf', 'format', 'next']))}`,
      ),
    form: (draw) =>
      request(draw, fill(draw, draw.pick(posts).path), {
        method: 'POST',
        headers: {
          'content-type': draw.pick([
            'application/x-www-form-urlencoded',
            'application/x-www-form-urlencoded',
            'application/json',
            'x',
          ]),
        },
        body: encodePairs(draw, [
          ['_csrf', staffToken],
          ['_key', `fuzz-${sent}`],
          ...oddPairs(draw, fieldsOf),
        ]),
      }),
    multipart: (draw) =>
      request(draw, fill(draw, draw.pick(posts).path), {
        method: 'POST',
        headers: {
          'content-type': draw.pick([
            'multipart/form-data; boundary=b',
            'multipart/form-data; boundary=b',
            'multipart/form-data',
            'multipart/form-data; boundary=""',
          ]),
        },
        body: new Uint8Array(
          oddMultipart(
            draw,
            [['_csrf', staffToken], ...oddPairs(draw, fieldsOf)],
            draw.chance(0.5) ? oddCsv(draw) : null,
          ),
        ),
      }),
    async upload(draw) {
      const file = draw.chance(0.5) ? mutate(draw, good) : oddCsv(draw);
      const body = new FormData();
      body.append('_csrf', staffToken);
      body.append('_key', `fuzz-upload-${sent}`);
      body.append('file', new Blob([new Uint8Array(file)]), draw.pick(['a.xlsx', 'a.csv', '../a', '花名册']));
      const answer = await fetch(site.url + roster, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: cookies.get(staff.userName)! },
        body,
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    async sheet(draw) {
      const file = draw.chance(0.7) ? mutate(draw, good) : oddCsv(draw);
      try {
        await readForeignSheet(file, 'a.xlsx', { headings });
        return 'read';
      } catch (error) {
        expect(error).to.be.instanceOf(SheetError);
        return (error as SheetError).code;
      }
    },
    bytes: (draw) => sendBytes(new URL(site.url), oddRequest(draw)),
  };
  /** Whatever stands for a change: the record and its event, which only exist together. */
  const standing = async () => {
    const db = world.deps.people.model.db;
    const imports = await db.collection('rosterImports').countDocuments({});
    const events = await db.collection('events').countDocuments({ 'about.kind': 'rosterImport' });
    const enrolments = await db.collection('enrolments').countDocuments({});
    return { imports, events, enrolments };
  };
  return {
    async send(kind, cases, seed) {
      const draw = drawFrom(seed);
      const tally = new Map<string, number>();
      const before = await standing();
      for (let number = 0; number < cases; number += 1) {
        sent += 1;
        const status = String(await senders[kind](draw));
        expect(status, `${kind}, seed ${seed}, case ${number}`).to.not.match(/^5\d\d$/);
        tally.set(status, (tally.get(status) ?? 0) + 1);
      }
      const after = await standing();
      expect(after.enrolments, 'nobody is enrolled by a malformed request').to.equal(before.enrolments);
      expect(after.events - before.events, 'an import and its event').to.equal(
        after.imports - before.imports,
      );
      if (kind === 'upload')
        expect(after.imports - before.imports, 'imports kept and uploads taken').to.equal(
          tally.get('303') ?? 0,
        );
      expect((await fetch(`${site.url}/health`)).status).to.equal(200);
      return tally;
    },
    async close() {
      await site.close();
      await world.close();
    },
  };

  async function cookiesOf(visitor: Visitor, userName: string): Promise<string> {
    await visitor.signIn(userName);
    return visitor.cookies();
  }
}

/** Sends the bytes and gives the status of the answer, or 'closed' where none came. */
function sendBytes({ hostname, port }: URL, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    const done = () => {
      socket.destroy();
      resolve(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'closed');
    };
    socket.setTimeout(300, done);
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('end', done).on('error', done).on('close', done);
    socket.end(bytes);
  });
}
