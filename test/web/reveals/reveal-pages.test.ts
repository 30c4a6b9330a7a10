import { expect } from 'chai';
import { openSite } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anApprovedSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/reveals/reveal-pages', function () {
  this.timeout(60_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let personId: string;
  let number: string;
  before(async () => {
    world = await openWorld('2021-04-20');
    site = await openSite(world.deps);
    const { enrolments } = await anApprovedSession(world, { people: 1 });
    personId = enrolments[0]!.personId;
    number = (await world.deps.people.openDocumentNumbers({ kind: 'district' }, [personId])).get(
      personId,
    )!.number;
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  const signedIn = async (role: 'bureauOfficer' | 'auditor' | 'securityAdministrator') => {
    const actor = await anActor(world.deps, role);
    const visitor = site.visitor();
    await visitor.signIn(actor.userName);
    return { visitor, actor };
  };
  const from = () => `/people/${personId}/reveals/new`;
  const to = () => `/people/${personId}/reveals`;
  const asked = { field: 'documentNumber', purpose: 'verify_identity', note: '' };

  it('masks a number on the page of its person, and shows it whole for a purpose, uncached and on record', async () => {
    const { visitor, actor } = await signedIn('bureauOfficer');
    const page = await visitor.get(`/people/${personId}`);
    expect(page.text).to.include(from()).and.to.not.include(number);
    const shown = await visitor.post(to(), asked, { from: from() });
    expect(shown.status).to.equal(200);
    expect(shown.text).to.include(number);
    expect(shown.headers.get('cache-control')).to.equal('no-store');
    const [event] = (await world.deps.events.about('person', personId)).filter(
      ({ what }) => what === 'person.numberRevealed',
    );
    expect(event!.who.accountId).to.equal(actor.accountId);
    expect(JSON.stringify(event)).to.not.include(number);
    expect(event!.after).to.deep.equal({ field: 'documentNumber', purpose: 'verify_identity' });
  });

  it('wants a purpose, words for another one, and a number that is there; shows and records nothing otherwise', async () => {
    const { visitor, actor } = await signedIn('bureauOfficer');
    for (const [fields, sentence] of [
      [{ field: 'documentNumber', note: '' }, '用途'],
      [{ ...asked, purpose: 'curiosity' }, '用途'],
      [{ ...asked, purpose: 'other', note: '看看' }, '至少 5 个字'],
      [{ ...asked, field: 'nameKey' }, '号码'],
    ] as const) {
      const answer = await visitor.post(to(), fields, { from: from() });
      expect(answer.status).to.equal(422);
      expect(answer.text).to.include(sentence).and.to.not.include(number);
    }
    expect(await world.deps.reveals.count(actor.accountId)).to.equal(0);
  });

  it('lets the auditor read who saw which, without a name or a number of anybody', async () => {
    const { visitor: officer, actor } = await signedIn('bureauOfficer');
    await officer.post(to(), { ...asked, purpose: 'other', note: '信访件核对' }, { from: from() });
    const { visitor: auditor } = await signedIn('auditor');
    const list = await auditor.get('/reveals');
    const person = await world.deps.people.get({ kind: 'district' }, personId);
    expect(list.text)
      .to.include(actor.name)
      .and.include(person.learnerNumber)
      .and.include('信访件核对')
      .and.include('127.0.0.1');
    expect(list.text).to.not.include(number);
    expect(list.text).to.not.include(person.name);
    const other = await auditor.get(
      `/reveals?account=${(await anActor(world.deps, 'bureauOfficer')).accountId}`,
    );
    expect(other.text).to.not.include('信访件核对');
    expect((await officer.get('/reveals')).status).to.equal(403);
  });

  it('raises one case at more than twenty within an hour, which the security administrator closes with a finding', async () => {
    const { visitor, actor } = await signedIn('bureauOfficer');
    const reveal = () => visitor.post(to(), asked, { from: from() });
    for (let count = 0; count < 20; count += 1) await reveal();
    expect(await world.deps.revealCases.openOf(actor.accountId)).to.equal(null);
    await reveal();
    await reveal();
    const raised = (await world.deps.revealCases.openOf(actor.accountId))!;
    expect(raised).to.include({ count: 22, accountName: actor.name });
    const { visitor: auditor } = await signedIn('auditor');
    const seen = await auditor.get('/reveals');
    expect(seen.text).to.include(`${raised.number}：${actor.name} 一小时内查看了 22 个号码`);
    expect(seen.text).to.not.include('action="/reveals/cases"');
    const { visitor: security } = await signedIn('securityAdministrator');
    const close = (finding: string) =>
      security.post('/reveals/cases', { case: raised.id, finding }, { from: '/reveals' });
    expect((await close('查过')).status).to.equal(422);
    expect((await close('年度抽查，有任务单')).status).to.equal(303);
    expect((await close('年度抽查，有任务单')).text).to.include('已办结');
    expect(await world.deps.revealCases.openOf(actor.accountId)).to.equal(null);
    world.at('2021-04-20T14:00:00+08:00');
    await visitor.signIn(actor.userName);
    await reveal();
    expect(await world.deps.revealCases.openOf(actor.accountId), 'an hour later').to.equal(null);
  });
});
