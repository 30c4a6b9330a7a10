import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { applyRetention } from '../../../src/use-cases/retention/apply-retention.ts';
import { setLegalHold } from '../../../src/use-cases/retention/hold-records.ts';
import { gatherSubjectRecord } from '../../../src/use-cases/exports/gather-subject-record.ts';
import { askErasure } from '../../../src/use-cases/requests/ask-erasure.ts';
import { checkRoster } from '../../../src/use-cases/training/check-roster.ts';
import { commitRoster } from '../../../src/use-cases/training/commit-roster.ts';
import { aRow } from '../../support/rosters.ts';
import { anApprovedSession } from '../../support/training.ts';
import { makeClaimCodes } from '../../../src/use-cases/certifications/make-claim-codes.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('web/requests/request-pages', function () {
  this.timeout(120_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  before(async () => {
    world = await openWorld('2021-04-20');
    site = await openSite(world.deps);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  /** A person with a certificate and a mobile, and a visitor who proved to be that person. */
  async function aHolder(): Promise<{ personId: string; holder: Visitor }> {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const [personId] = (await peopleOf(deps, evaluator, ['周八'])) as [string];
    const mobile = {
      personId,
      mobile: '13800000005',
      education: 'bachelor',
      householdRegistration: null,
      keyGroups: [],
    };
    await deps.transaction(() => deps.people.join([mobile], {}, world.now()));
    const [certificate] = await certificatesFor(deps, evaluator, [personId]);
    const [slip] = await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate!.batchId! });
    const holder = site.visitor();
    await holder.post(
      '/certificate-finds',
      { number: certificate!.number, name: '周八', claimCode: slip!.claimCode },
      { from: '/certificate-finds/new' },
    );
    return { personId, holder };
  }
  const officer = async () => {
    const actor = await anActor(world.deps, 'bureauOfficer');
    const visitor = site.visitor();
    await visitor.signIn(actor.userName);
    return { visitor, actor };
  };
  const ask = (holder: Visitor, fields: Record<string, string>, bytes: Uint8Array | null = null) =>
    holder.post('/my/requests', fields, {
      from: '/my/requests',
      files: bytes === null ? [] : [{ field: 'file', name: '学历.pdf', bytes }],
    });

  it('takes a correction with its proof, which the bureau answers and the person sees', async () => {
    const { personId, holder } = await aHolder();
    expect((await holder.get('/my/certificates')).text).to.include('href="/my/requests"');
    const proof = Buffer.from('%PDF-1.7 proof');
    expect((await ask(holder, { fact: 'education', wanted: '研究生' }, proof)).location).to.equal(
      '/my/requests',
    );
    expect((await holder.get('/my/requests')).text)
      .to.include('更正学历')
      .and.include('待办');
    const { visitor, actor } = await officer();
    const list = await visitor.get('/subject-requests');
    const person = await world.deps.people.get(district, personId);
    expect(list.text).to.include('研究生').and.include(person.learnerNumber);
    const href = /href="(\/subject-requests\/[^"]+\/file)"/.exec(list.text)![1]!;
    expect((await visitor.get(href)).bytes.equals(proof)).to.equal(true);
    const [request] = await world.deps.subjectRequests.waiting();
    const decide = (decision: string, answer: string) =>
      visitor.post(
        '/subject-requests/decisions',
        { request: request!.id, decision, answer },
        { from: '/subject-requests' },
      );
    expect((await decide('accept', '改了')).status).to.equal(422);
    expect((await decide('accept', '已按毕业证更正')).location).to.equal('/subject-requests');
    expect((await decide('refuse', '再答复一次试试')).text).to.include('已经办理');
    expect((await holder.get('/my/requests')).text)
      .to.include('已更正')
      .and.include('已按毕业证更正');
    const events = (await world.deps.events.about('person', personId)).slice(-3);
    expect(events.map(({ what }) => what)).to.deep.equal([
      'subjectRequest.correctionAsked',
      'evidence.opened',
      'subjectRequest.answered',
    ]);
    for (const { who } of events.slice(1)) expect(who.accountId).to.equal(actor.accountId);
    expect(JSON.stringify(events)).to.not.include('研究生');
    const stored = await world.deps.people.model.db.collection('subjectRequests').findOne({});
    expect(JSON.stringify(stored)).to.not.include('研究生');
  });

  it('refuses what is no proof, a fourth request while three wait, and whoever proved nothing', async () => {
    const { personId, holder } = await aHolder();
    const page = await ask(holder, { fact: 'name', wanted: '周九' }, Buffer.from('<html>'));
    expect(page.status).to.equal(422);
    expect(page.text).to.match(/文件内容不是 PDF.*换一个文件/);
    for (const fact of ['name', 'gender', 'mobile'])
      expect((await ask(holder, { fact, wanted: '13900000000' })).status).to.equal(303);
    expect((await ask(holder, { fact: 'other', wanted: '其他' })).text).to.include('已有 3 项');
    const { visitor } = await officer();
    const list = (await visitor.get('/subject-requests')).text;
    expect(list, 'a wanted mobile').to.include('139****0000').and.to.not.include('13900000000');
    const stranger = site.visitor();
    expect((await stranger.get('/my/requests')).location).to.equal('/certificate-finds/new');
    const from = '/certificate-finds/new';
    expect((await stranger.post('/my/erasure', {}, { from })).status).to.equal(404);
    expect((await stranger.post('/my/requests', { fact: 'name', wanted: '周九' }, { from })).status).to.equal(
      404,
    );
    expect(await world.deps.subjectRequests.ofPerson(personId)).to.have.length(3);
  });

  it('masks a wanted number and shows it whole to who decides, for a purpose and on record', async () => {
    const { deps } = world;
    const { personId, holder } = await aHolder();
    const number = '320503199001010011';
    await ask(holder, { fact: 'documentNumber', wanted: ` ${number} ` });
    await ask(holder, { fact: 'other', wanted: `号码应为${number}，请核对` });
    const { visitor, actor } = await officer();
    const list = await visitor.get('/subject-requests');
    expect(list.text).to.include('320503********0011').and.include('请核对').and.to.not.include(number);
    const [request] = (await deps.subjectRequests.ofPerson(personId)).filter(
      ({ fact }) => fact === 'documentNumber',
    );
    const from = `/people/${personId}/reveals/new?request=${request!.id}`;
    expect(list.text.replaceAll('&#x3D;', '=')).to.include(from);
    expect((await visitor.get(from)).text).to.include(`value="request:${request!.id}" checked`);
    const fields = { field: `request:${request!.id}`, purpose: 'correct_record', note: '' };
    const to = `/people/${personId}/reveals`;
    const refused = await visitor.post(to, { ...fields, purpose: '' }, { from });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.not.include(number);
    const shown = await visitor.post(to, fields, { from });
    expect(shown.status).to.equal(200);
    expect(shown.text).to.include(number);
    expect(shown.headers.get('cache-control')).to.equal('no-store');
    const event = (await deps.events.about('person', personId)).at(-1)!;
    expect(event).to.include({ what: 'person.numberRevealed' });
    expect(event.after).to.deep.equal({
      field: 'wanted',
      purpose: 'correct_record',
      number: request!.number,
    });
    expect(JSON.stringify(event)).to.not.include(number);
    expect(await deps.reveals.count(actor.accountId)).to.equal(1);

    const another = await aHolder();
    const elsewhere = `/people/${another.personId}/reveals`;
    const wrong = await visitor.post(elsewhere, fields, { from: `${elsewhere}/new` });
    expect(wrong.status, 'the request of somebody else').to.equal(404);
    const reviewer = site.visitor();
    await reviewer.signIn((await anActor(deps, 'bureauReviewer')).userName);
    expect((await reviewer.get(from)).text).to.not.include(`request:${request!.id}`);
    const undecided = await reviewer.post(to, fields, { from });
    expect(undecided.status, 'who decides no requests').to.equal(404);
    expect(await deps.reveals.ofPerson(personId)).to.have.length(1);
    // What waits is counted below.
    await deps.subjectRequests.model.deleteMany({ personId } as never);
  });

  it('erases contact data at once and says on what ground the rest is kept', async () => {
    const { deps } = world;
    const { personId, holder } = await aHolder();
    await holder.post('/my/erasure', {}, { from: '/my/requests' });
    expect(await deps.people.get(district, personId)).to.include({
      mobileSealed: null,
      mobileHash: null,
      education: null,
    });
    const page = await holder.get('/my/requests');
    expect(page.text).to.include('联系方式、学历、户籍：已删除').and.include('证书台账依法长期保存');
    const person = await deps.people.get(district, personId);
    expect(deps.people.openNumber(person, 'documentNumber')).to.match(/^320599/);
    expect(await deps.certificates.count(district, { personId })).to.equal(1);
    const event = (await deps.events.about('person', personId)).at(-1)!;
    expect(event.after).to.include({ contactData: 'erased', certificates: 'certificateLedger' });
  });

  it('finds the rows of an uploaded roster that made the person, and takes the mobile out of them', async () => {
    const { deps } = world;
    const { session, staff } = await anApprovedSession(world, { people: 0 });
    const uploaded = [aRow(2, { mobile: '13800000031' }), aRow(3, { mobile: '13800000032' })];
    const { rosterImport } = await checkRoster(deps, { actor: staff, sessionId: session.id, rows: uploaded });
    await commitRoster(deps, { actor: staff, importId: rosterImport.id });
    const owner = await deps.people.findOne(district, { mobileHash: deps.people.hashMobile('13800000031') });
    const personId = owner!.id;
    const before = await gatherSubjectRecord(deps, district, personId);
    expect(before.record.uploadedRows).to.have.length(1);
    expect(before.record.uploadedRows[0]).to.include({ row: 2, mobile: '13800000031' });
    await askErasure(deps, { personId });
    const rows = JSON.stringify(await deps.rosterImports.rowsOf(district, rosterImport.id));
    expect(rows).to.not.include('13800000031');
    expect(rows, 'of somebody else').to.include('13800000032');
    expect((await gatherSubjectRecord(deps, district, personId)).record.uploadedRows).to.have.length(1);
  });

  it('erases nothing under a legal hold', async () => {
    const { deps } = world;
    const { personId, holder } = await aHolder();
    const { actor } = await officer();
    await setLegalHold(deps, { actor, kind: 'person', id: personId, reason: '信访件未办结' });
    await holder.post('/my/erasure', {}, { from: '/my/requests' });
    expect((await deps.people.get(district, personId)).mobileSealed).to.not.equal(null);
    expect((await holder.get('/my/requests')).text)
      .to.include('因案留存')
      .and.not.include('：已删除');
  });

  it('lets decided requests and their files go after three years, waiting ones never', async () => {
    const { deps } = world;
    const files = await deps.keptFiles.model.countDocuments({});
    world.at('2024-04-22');
    const who = { accountId: 'system', name: 'system' };
    const [line] = await applyRetention(deps, { who, only: ['requests'] });
    expect(line).to.include({ count: 3, held: 1 });
    expect(await deps.subjectRequests.waiting()).to.have.length(3);
    expect(await deps.keptFiles.model.countDocuments({})).to.equal(files - 1);
  });
});
