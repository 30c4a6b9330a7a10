// What a form takes and what is refused at the edge, by name, in both languages, with nothing changed.
import { expect } from 'chai';
import { isOddName } from '../../../src/web/kernel/field-names.ts';
import { allRoutes } from '../../../src/web/routes.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { aRunningSession } from '../../support/training.ts';
import { anActor } from '../../support/builders.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/kernel/read-body', function () {
  this.timeout(120_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let officer: Visitor;
  const cookie = '';
  before(async () => {
    world = await openWorld('2021-05-01');
    await aRunningSession(world, { people: 2 });
    site = await openSite(world.deps);
    officer = site.visitor();
    const { userName } = await anActor(world.deps, 'bureauOfficer');
    await officer.signIn(userName);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  const sendRaw = async (path: string, type: string | null, body: string | Buffer, lang = 'zh') => {
    const answer = await fetch(site.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        ...(type === null ? {} : { 'content-type': type }),
        cookie: `${cookie}; skillroll_lang=${lang}`,
      },
      body: typeof body === 'string' ? Buffer.from(body) : body,
    });
    return { status: answer.status, text: await answer.text() };
  };
  const multipart = (parts: readonly string[]) =>
    Buffer.from(
      `${parts.map((part) => `--b\r\nContent-Disposition: form-data; ${part}\r\n`).join('')}--b--\r\n`,
    );
  const multipartType = 'multipart/form-data; boundary=b';

  it('knows operators and object insides from field names', () => {
    for (const name of [
      '$ne',
      'a[$ne]',
      'a[b]',
      '__proto__',
      'constructor',
      'a.prototype',
      'A.__PROTO__',
      'a\0b',
      'x'.repeat(201),
    ])
      expect(isOddName(name), name).to.equal(true);
    for (const name of ['name', 'mark.01abc', 'reason:rosters.birthDay', '_csrf', '姓名', 'constructors', ''])
      expect(isOddName(name), name).to.equal(false);
  });

  it('refuses odd and repeated names in an address, naming them, and lets harmless strange ones be', async () => {
    const odd = ['$where=1', 'page[$gt]=0', '__proto__=1', 'constructor=1', 'a.b=1', 'prototype[x]=1'];
    for (const route of ['/training-sessions', '/', '/checks/new', '/nowhere'])
      for (const query of odd) {
        const answer = await officer.get(`${route}?${query}`);
        expect(answer.status, `${route}?${query}`).to.equal(400);
        expect(answer.text).to.include(query.split('=')[0]).and.to.include('什么都没有改动');
      }
    const twice = await officer.get('/training-sessions?page=1&page=2');
    expect(twice.status).to.equal(400);
    expect(twice.text).to.include('“page”');
    expect((await officer.get('/training-sessions?unknown=1&toString=2')).status).to.equal(200);
    const shown = await officer.get('/training-sessions?%3Cscript%3E[$ne]=1');
    expect(shown.text).to.include('&lt;script&gt;[$ne]').and.to.not.include('<script>[');
  });

  it('refuses odd names in every form by name', async () => {
    for (const route of allRoutes(world.deps).filter(
      (one) => one.method === 'post' && one.permission === 'public',
    )) {
      const path = route.path.replace(/:\w+/g, 'nobody');
      for (const name of ['a[$ne]', '__proto__', 'x.y']) {
        const answer = await officer.post(path, { [name]: '1' }, { token: 'forged', key: 'k' });
        expect(answer.status, `${path} ${name}`).to.equal(400);
        expect(answer.text).to.include(name);
      }
      const twice = await sendRaw(path, 'application/x-www-form-urlencoded', '_csrf=a&_csrf=b');
      expect(twice.status, path).to.equal(400);
    }
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
  });

  it('takes what a form sends and nothing else: 415 with the cure, in both languages', async () => {
    for (const type of [
      'application/json',
      'text/plain',
      'application/xml',
      'multipart/mixed; boundary=b',
      null,
    ])
      expect((await sendRaw('/session', type, 'userName=x')).status, String(type)).to.equal(415);
    expect((await sendRaw('/session', 'text/plain', 'x')).text).to.include('用页面上的表单填写后提交');
    expect((await sendRaw('/session', 'text/plain', 'x', 'en')).text).to.include(
      'fill in the form on the page',
    );
    const upper = await sendRaw('/session', 'Application/X-WWW-Form-URLEncoded; charset=UTF-8', 'userName=x');
    expect(upper.status).to.equal(422);
  });

  it('takes no file where none is asked for', async () => {
    const file = multipart(['name="userName"\r\n\r\nx', 'name="file"; filename="a.csv"\r\n\r\nx']);
    const answer = await sendRaw('/session', multipartType, file);
    expect(answer.status).to.equal(415);
    expect(answer.text).to.include('这张表单不收文件');
    const cut = file.subarray(0, file.length - 9);
    for (let round = 0; round < 3; round += 1)
      expect((await sendRaw('/session', multipartType, cut)).status).to.equal(415);
    const fields = await sendRaw('/session', multipartType, multipart(['name="userName"\r\n\r\nx']));
    expect(fields.status).to.equal(422);
  });

  it('keeps each form to its size, plain and multipart', async () => {
    const long = 'x'.repeat(257 * 1024);
    expect(
      (await sendRaw('/session', 'application/x-www-form-urlencoded', `userName=${long}`)).status,
    ).to.equal(413);
    const parts = await sendRaw('/session', multipartType, multipart([`name="userName"\r\n\r\n${long}`]));
    expect(parts.status).to.equal(413);
    const many = Array.from({ length: 5_100 }, (_, index) => `a${index}=`).join('&');
    expect((await sendRaw('/session', 'application/x-www-form-urlencoded', many)).status).to.equal(413);
    const roomy = allRoutes(world.deps).filter((route) => (route.intake?.bytes ?? 0) > 256 * 1024);
    expect(roomy.map((route) => route.path)).to.have.lengthOf(7);
    const taking = (kind: string) =>
      allRoutes(world.deps)
        .filter(({ intake }) =>
          Object.values(intake?.files ?? {}).some((kinds) => kinds.includes(kind as never)),
        )
        .map(({ path }) => path);
    expect(taking('sheet')).to.have.members([
      '/training-sessions/:id/roster',
      '/certificate-imports',
      '/assessments/:id/scores',
    ]);
    expect(taking('pdf')).to.have.members([
      '/my/requests',
      '/training-sessions/:id/cancellation',
      '/training-sessions/:id/changes',
      '/lessons/:id',
      '/lessons/:id/reopening',
      '/lessons/:id/attendance',
      '/lessons/:id/attendance/prefill',
      '/people/:id/name',
      '/enrolments/:id/reinstatement',
      '/duplicates/:id/merge',
      '/person-merges/:id/reversal',
      '/roster-imports/:id/reversal',
      '/users/:id/role',
      '/users/:id/closure',
      '/users/:id/reopening',
      '/users/:id/code-removal',
      '/studios/:id/renewal',
      '/studios/:id/lead',
      '/recognitions/:id/annulment',
      '/apprenticeships/:id/withdrawal',
      '/certificates/:id/replacement',
      '/certificates/:id/revocation',
      '/assessments/:id/corrections',
    ]);
  });

  it('calls a broken multipart body broken', async () => {
    for (const [type, body] of [
      ['multipart/form-data', 'x'],
      [multipartType, '--b\r\nContent-Disp'],
      [multipartType, ''],
      [multipartType, '--b\r\n\r\nx\r\n--b--\r\n'],
    ] as const)
      expect((await sendRaw('/session', type, body)).status, body).to.be.oneOf([400, 422]);
  });

  it('says which field of a form was given twice, and keeps what was typed', async () => {
    const answer = await officer.post(
      '/session',
      { userName: ['a', 'b'], password: 'x' },
      { from: '/session/new' },
    );
    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('字段“userName”填了不止一次');
  });
});
