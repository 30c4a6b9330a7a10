import { expect } from 'chai';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { openWorld, type World } from '../../support/world.ts';

interface Line {
  readonly level: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

describe('web/middleware/handle-errors', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let reader: Visitor;
  let accountId: string;
  const lines: Line[] = [];
  before(async () => {
    world = await openWorld('2021-05-01');
    const noting = (level: string) => (facts: object) => void lines.push({ level, facts: { ...facts } });
    const log = {
      error: noting('error'),
      warn: noting('warn'),
      info: noting('info'),
      debug: noting('debug'),
    };
    site = await openSite({ ...world.deps, log });
    const actor = await anActor(world.deps, 'bureauReader');
    accountId = actor.accountId;
    reader = site.visitor();
    await reader.signIn(actor.userName);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  beforeEach(() => void lines.splice(0));

  it('logs who was refused what, by the pattern of the address and never by what was sent', async () => {
    expect((await reader.get('/people/01dxf6e8fmvk5ggc8pnb4h5tzj')).status).to.equal(403);
    expect(lines).to.have.length(1);
    const { level, facts } = lines[0]!;
    expect(level).to.equal('info');
    expect(facts).to.include({ status: 403, method: 'GET', path: '/people/:id', account: accountId });
    expect(facts).to.have.all.keys('status', 'method', 'path', 'code', 'account', 'address');
    expect(JSON.stringify(lines)).to.not.include('01dxf6e8fmvk5ggc8pnb4h5tzj').and.not.include('reader');
  });

  it('logs requests refused at the edge', async () => {
    expect((await site.visitor().get('/checks/new?a[$ne]=secret')).status).to.equal(400);
    expect(lines.map(({ facts }) => [facts['status'], facts['path'], facts['account']])).to.deep.equal([
      [400, '/checks/new', null],
    ]);
    expect(JSON.stringify(lines)).to.not.include('secret');
  });

  it('logs a form whose token is forged or of another visitor, and nothing of it', async () => {
    const forged = { presentPassword: 'what was typed' };
    const theirs = site.visitor();
    const page = await theirs.get('/session/new');
    const another = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!;
    for (const token of ['forged.token', another]) {
      lines.splice(0);
      const answer = await reader.post('/account/password', forged, { token, key: 'k' });
      expect(answer.status).to.equal(422);
      expect(lines).to.have.length(1);
      expect(lines[0]!.facts).to.include({
        status: 422,
        method: 'POST',
        path: '/account/password',
        code: 'shared.staleForm',
        account: accountId,
      });
      expect(JSON.stringify(lines)).to.not.include('typed').and.not.include(token);
    }
  });

  it('logs neither pages that are not there nor forms filled in wrongly', async () => {
    await reader.get('/nowhere');
    await reader.post('/account/password', { presentPassword: 'x' }, { from: '/account' });
    expect(lines).to.deep.equal([]);
  });
});
