import { expect } from 'chai';
import { fromBuffer } from 'yauzl';
import { district } from '../../../src/domain/accounts/scope.ts';
import { startNightlyWorks } from '../../../src/nightly-works.ts';
import { recurringWorks } from '../../../src/recurring-works.ts';
import { makeClaimCodes } from '../../../src/use-cases/certifications/make-claim-codes.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { anApprovedSession, enrol, type RunningSession } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

/** The entries of a ZIP as text, by name. */
function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const entries = new Map<string, Buffer>();
      zip.on('entry', (entry: { fileName: string }) =>
        zip.openReadStream(entry as never, (failed, stream) => {
          if (failed) return reject(failed);
          const pieces: Buffer[] = [];
          stream.on('data', (piece: Buffer) => pieces.push(piece));
          stream.on('end', () => {
            entries.set(entry.fileName, Buffer.concat(pieces));
            zip.readEntry();
          });
        }),
      );
      zip.on('end', () => resolve(entries));
      zip.readEntry();
    });
  });
}

describe('web/exports/export-pages', function () {
  this.timeout(120_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let approved: RunningSession;
  let personId: string;
  let number: string;
  before(async () => {
    world = await openWorld('2021-04-20');
    site = await openSite(world.deps);
    approved = await anApprovedSession(world, { people: 1 });
    const enrolled = await enrol(world.deps, approved.staff, approved.session.id, { mobile: '13800000009' });
    personId = enrolled.personId;
    number = (await world.deps.people.openDocumentNumbers(district, [personId])).get(personId)!.number;
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  const officer = async () => {
    const actor = await anActor(world.deps, 'bureauOfficer');
    const visitor = site.visitor();
    await visitor.signIn(actor.userName);
    return { visitor, actor };
  };
  const fetched = async (visitor: Visitor) => {
    const list = await visitor.get('/exports');
    const href = /href="(\/exports\/[^"]+\/file)"/.exec(list.text)![1]!;
    return { href, answer: await visitor.get(href), list };
  };
  const roster = () => `/training-sessions/${approved.session.id}/roster/numbers`;

  it('makes no file without a purpose, and asks for words for another one', async () => {
    const { visitor, actor } = await officer();
    for (const [fields, sentence] of [
      [{ purpose: '', note: '' }, '用途'],
      [{ purpose: 'curiosity', note: '' }, '用途'],
      [{ purpose: 'other', note: '看看' }, '至少 5 个字'],
    ] as const)
      for (const [to, from] of [
        [roster(), `${roster()}/new`],
        [`/people/${personId}/record`, `/people/${personId}/record/new`],
      ] as const) {
        const answer = await visitor.post(to, fields, { from });
        expect(answer.status).to.equal(422);
        expect(answer.text).to.include(sentence);
      }
    expect(await world.deps.exports.ofAccount(actor.accountId, world.now())).to.deep.equal([]);
  });

  it('stamps a roster with whole numbers in its rows, on a sheet and in its properties, as an event', async () => {
    const { visitor, actor } = await officer();
    expect((await visitor.get(`/training-sessions/${approved.session.id}/roster`)).text).to.include(
      `${roster()}/new`,
    );
    const asked = { purpose: 'other', note: '市局台账核对', format: 'xlsx' };
    const made = await visitor.post(roster(), asked, { from: `${roster()}/new` });
    expect(made.location).to.equal('/exports');
    const { answer, list } = await fetched(visitor);
    expect(list.text).to.include(approved.session.number).and.to.not.include(number);
    const entries = await unzip(answer.bytes);
    const properties = entries.get('docProps/core.xml')!.toString('utf8');
    expect(properties).to.include(actor.name).and.include('市局台账核对').and.include('2021-04-20T04:00:00Z');
    expect(entries.get('[Content_Types].xml')!.toString()).to.include('core-properties');
    for (const sheet of ['sheet1', 'sheet2'])
      expect(entries.get(`xl/worksheets/${sheet}.xml`)!.toString('utf8'), sheet).to.include('市局台账核对');
    expect(entries.get('xl/worksheets/sheet1.xml')!.toString('utf8')).to.include(number);
    const event = (await world.deps.events.about('trainingSession', approved.session.id)).at(-1)!;
    expect(event).to.include({ what: 'export.made', reason: '市局台账核对' });
    expect(event.after).to.include({ kind: 'roster', purpose: 'other', people: 2, hours: 24 });
    expect(JSON.stringify(event)).to.not.include(number);
  });

  it('stamps CSV in its first row', async () => {
    const { visitor, actor } = await officer();
    await visitor.post(roster(), { purpose: 'audit', note: '', format: 'csv' }, { from: `${roster()}/new` });
    const { answer } = await fetched(visitor);
    const [first, , row] = answer.text.split('\r\n');
    expect(first).to.include(actor.name).and.include('审计检查');
    expect(row).to.match(/320599/);
  });

  it('keeps a file for its maker alone and for 24 hours, then deletes it from disk', async () => {
    const { visitor } = await officer();
    await visitor.post(roster(), { purpose: 'audit', note: '', format: 'csv' }, { from: `${roster()}/new` });
    const { href } = await fetched(visitor);
    const { visitor: other } = await officer();
    expect((await other.get(href)).status).to.equal(404);
    const parts = () => world.deps.people.model.db.collection('keptFileParts').countDocuments({});
    const before = await parts();
    expect(before).to.be.above(0);
    world.at('2021-04-21T12:01:00+08:00');
    const nightly = startNightlyWorks(world.deps, recurringWorks);
    await nightly.wake();
    await nightly.stop();
    expect(await parts()).to.equal(0);
    expect(await world.deps.keptFiles.model.countDocuments({})).to.equal(0);
    const { visitor: late } = await officer();
    expect((await late.get(href)).status).to.equal(404);
  });

  it('gives the officer everything held about a person, to read and as data, in one ZIP', async () => {
    const { visitor, actor } = await officer();
    await visitor.post(
      `/people/${personId}/reveals`,
      { field: 'mobile', purpose: 'contact_holder', note: '' },
      { from: `/people/${personId}/reveals/new` },
    );
    await visitor.post(
      `/people/${personId}/record`,
      { purpose: 'subject_access', note: '' },
      { from: `/people/${personId}/record/new` },
    );
    const entries = await unzip((await fetched(visitor)).answer.bytes);
    expect([...entries.keys()]).to.include.members(['record.zh.html', 'record.en.html', 'record.json']);
    const data = JSON.parse(entries.get('record.json')!.toString('utf8')) as {
      stamp: object;
      person: object;
      enrolments: object[];
      numbersSeen: object[];
      events: { what: string }[];
    };
    expect(data.stamp).to.include({ by: actor.name, purpose: 'subject_access' });
    expect(data.person).to.include({ documentNumber: number, mobile: '13800000009' });
    expect(data.enrolments[0]).to.include({ session: approved.session.number, status: 'enrolled' });
    expect(data.numbersSeen[0]).to.include({ by: actor.name, field: 'mobile', purpose: 'contact_holder' });
    expect(data.events.map(({ what }) => what)).to.include.members([
      'enrolment.added',
      'person.numberRevealed',
    ]);
    const zh = entries.get('record.zh.html')!.toString('utf8');
    const en = entries.get('record.en.html')!.toString('utf8');
    expect(zh).to.include(number).and.include('培训报名').and.include('大专').and.include(actor.name);
    expect(en).to.include(number).and.include('Enrolments').and.include('Contact the person');
    for (const page of [zh, en]) expect(page).to.not.match(/<script|<style|undefined|exports\./);
  });

  it('gives a holder who proved themselves their own, and nobody else anything', async () => {
    const { deps } = world;
    const evaluator = await anEvaluator(deps);
    const [own, another] = (await peopleOf(deps, evaluator, ['周八', '吴九'])) as [string, string];
    const certificates = await certificatesFor(deps, evaluator, [own, another]);
    const certificate = certificates.find((one) => one.personId === own)!;
    const slips = await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate.batchId! });
    const slip = slips.find((one) => one.certificateNumber === certificate.number)!;
    const holder = site.visitor();
    expect((await holder.post('/my/record', {}, { from: '/certificate-finds/new' })).status).to.equal(404);
    await holder.post(
      '/certificate-finds',
      { number: certificate.number, name: '周八', claimCode: slip.claimCode },
      { from: '/certificate-finds/new' },
    );
    const answer = await holder.post('/my/record', {}, { from: '/my/certificates' });
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('cache-control')).to.equal('no-store');
    const entries = await unzip(answer.bytes);
    const json = entries.get('record.json')!.toString('utf8');
    expect(json).to.include(certificate.number).and.not.include('吴九');
    expect([...entries.keys()]).to.include(`certificate ${certificate.number}.pdf`);
    expect(entries.get(`certificate ${certificate.number}.pdf`)!.subarray(0, 5).toString()).to.equal('%PDF-');
    const events = await deps.events.about('person', own);
    expect(events.filter(({ what }) => what === 'person.recordGiven')).to.have.length(1);
    expect(await deps.events.about('person', another)).to.deep.equal([]);
  });
});
