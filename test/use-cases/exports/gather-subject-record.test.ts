import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { personKinds } from '../../../src/persistence/person-records.ts';
import { draftProgramme } from '../../../src/use-cases/apprenticeships/draft-programme.ts';
import { enrolApprentices } from '../../../src/use-cases/apprenticeships/enrol-apprentices.ts';
import { submitRecordedCertificates } from '../../../src/use-cases/certifications/submit-recorded-certificates.ts';
import { makeClaimCodes } from '../../../src/use-cases/certifications/make-claim-codes.ts';
import { gatherSubjectRecord } from '../../../src/use-cases/exports/gather-subject-record.ts';
import { recordSections, sectionOfModel } from '../../../src/use-cases/exports/subject-record.ts';
import { revealNumber } from '../../../src/use-cases/people/reveal-number.ts';
import { askCorrection } from '../../../src/use-cases/requests/ask-correction.ts';
import { askErasure } from '../../../src/use-cases/requests/ask-erasure.ts';
import { setLegalHold } from '../../../src/use-cases/retention/hold-records.ts';
import { recordHtml } from '../../../src/web/exports/record-html.ts';
import { recordZip } from '../../../src/web/exports/record-zip.ts';
import { createWording } from '../../../src/web/wording.ts';
import { aProgramme, anApprentice } from '../../support/apprenticeships.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { anEvaluator, certificatesFor } from '../../support/certificates.ts';
import { merge, register, twins } from '../../support/duplicates.ts';
import { aSession } from '../../support/rosters.ts';
import { enrol } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/exports/gather-subject-record', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await openWorld('2021-05-01');
  });
  after(() => world.close());

  /** Names of files, of persons who act and of organisations, and numbers of records, as the tests make them. */
  const isData = (text: string) =>
    /^(request Q-\d+|evidence \d+|[a-z]+(Officer|Staff) \d+|[A-Z]{2}\d{4}-\d+|DJ\d{6}|示例机构\w+)$/.test(
      text,
    );
  /** Cells and headings of a Chinese page with a Latin word in them that is no such name. */
  const codesShown = (html: string) =>
    [...html.matchAll(/<t[dh][^>]*>([^<]*)</g)]
      .map(([, text]) => text!)
      .filter((text) => /[A-Za-z]{2}/.test(text) && !isData(text));

  const isMany = (name: string) =>
    world.deps.people.model.db.model(name).schema.path('personIds') !== undefined;

  it('has a place for every model that names a person, by itself or in a pair', () => {
    const { models } = world.deps.people.model.db;
    const naming = Object.entries(models)
      .filter(([, { schema }]) =>
        ['personId', 'personIds', 'keptId', 'about.id'].some((path) => schema.path(path) !== undefined),
      )
      .map(([name]) => name);
    expect(naming).to.include.members(personKinds.map(({ model }) => model));
    expect(Object.keys(sectionOfModel)).to.have.members(naming);
    expect(recordSections).to.include.members(Object.values(sectionOfModel));
  });

  it('gives what each of these models holds of a person, merged records and sent files too', async () => {
    const { deps } = world;
    const officer = await anActor(deps, 'bureauOfficer');
    const pair = await twins(deps, [{ education: 'bachelor' }, { education: 'junior_college' }]);
    const [personId, mergedId] = pair.ids;
    const [card, passport] = pair.facts;
    const png = Buffer.from('89504e470d0a1a0a00', 'hex');
    const stranger = await twins(deps, [{ name: '冯生' }, { name: '冯生' }]);
    const course = await aSession(deps);
    await enrol(
      deps,
      course.staff,
      course.session.id,
      { name: card.name, documentNumber: card.documentNumber, mobile: card.mobile! },
      '日期不同',
    );
    const evaluator = await anEvaluator(deps);
    await register(deps, card, { evaluatorId: evaluator.organisation.id });
    const [certificate] = await certificatesFor(deps, evaluator, [personId]);
    await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate!.batchId! });
    const enterprise = await anOrganisation(deps, { capacities: ['enterprise'] });
    const staff = await anActor(deps, 'enterpriseStaff', { organisationId: enterprise.id });
    const programme = await draftProgramme(deps, {
      actor: staff,
      enterpriseId: enterprise.id,
      facts: aProgramme(),
    });
    await enrolApprentices(deps, {
      actor: staff,
      programmeId: programme.id,
      enrolledOn: '2021-05-01',
      rows: [{ ...anApprentice(card.name), facts: card }],
    });
    await deps.transaction(() =>
      deps.people.model.db
        .model('OverlapCase')
        .create([{ _id: 'case', reference: 'K-1', personIds: [personId, stranger.ids[0]] }]),
    );
    await merge(deps, officer, pair, {
      keptId: personId,
      choices: { education: 'merged' },
      file: { bytes: png },
    });
    await submitRecordedCertificates(deps, {
      actor: officer,
      fileName: '',
      rows: [card, stranger.facts[0]].map(({ name, documentNumber }, index) => ({
        number: index + 1,
        cells: {
          name,
          documentNumber,
          kind: '职业技能等级证书',
          certificateNumber: `S00003288000221300008${index}`,
          skillLevel: 'senior',
          issuedOn: '2021-03-10',
          issuer: '外地评价机构',
        },
      })),
    });
    await setLegalHold(deps, { actor: officer, kind: 'person', id: personId, reason: '信访件未办结' });
    await revealNumber(deps, {
      actor: officer,
      personId,
      field: 'mobile',
      purpose: 'contact_holder',
      note: null,
      address: '127.0.0.1',
    });
    const bytes = Buffer.from('%PDF-1.7 proof');
    const asked = await askCorrection(deps, {
      personId,
      fact: 'name',
      wanted: '周鸣',
      file: { bytes },
    });
    const gathered = await gatherSubjectRecord(deps, district, personId);
    const { record } = gathered;
    const connection = deps.people.model.db;
    for (const [model, section] of Object.entries(sectionOfModel)) {
      const filter = ['LegalHold', 'Event', 'KeptFile'].includes(model)
        ? { 'about.id': personId }
        : model === 'PersonMerge'
          ? { keptId: personId }
          : isMany(model)
            ? { personIds: personId }
            : { personId };
      const stored = await connection.model(model).countDocuments(filter as never);
      expect(stored, model).to.be.above(0);
      expect(record[section].length, `${model} in ${section}`).to.be.at.least(stored);
    }
    const merged = (await deps.people.byIds(district, [mergedId])).get(mergedId)!;
    expect(record.mergedRecords).to.have.length(1);
    expect(record.mergedRecords[0]).to.include({
      learnerNumber: merged.learnerNumber,
      documentNumber: passport.documentNumber,
    });
    expect(record.waitingCertificates).to.have.length(1);
    expect(record.waitingCertificates[0]).to.include({ documentNumber: card.documentNumber, row: 1 });
    expect(record.merges[0]).to.include({ education: 'bachelor', reason: '同一人登记两次' });
    expect(record.legalHolds[0]).to.include({ reason: '信访件未办结', by: officer.name });
    expect(record.overlapCases[0]).to.include({ number: 'K-1' });
    const other = (await deps.people.byIds(district, [stranger.ids[0]])).get(stranger.ids[0])!;
    for (const secret of [other.id, other.learnerNumber, stranger.facts[0].documentNumber])
      expect(JSON.stringify(record), 'somebody else').to.not.include(secret);

    const [evidence] = await deps.keptFiles.evidenceAbout('person', [mergedId]);
    expect(gathered.files).to.deep.equal([
      { id: asked.fileId, name: `request ${asked.number}` },
      { id: evidence!.id, name: 'evidence 1' },
    ]);
    expect(record.events.filter((one) => one['file'] === 'evidence 1')).to.have.length(2);
    const zip = await recordZip(deps, createWording('templates/wording'), gathered, {
      zh: '',
      en: '',
      facts: {},
    });
    for (const name of [`request ${asked.number}.pdf`, 'evidence 1.png'])
      expect(zip.includes(Buffer.from(name)), name).to.equal(true);
    await askErasure(deps, { personId });
    const { record: last } = await gatherSubjectRecord(deps, district, personId);
    expect(
      codesShown(recordHtml(createWording('templates/wording'), 'zh', last, { line: '' })),
    ).to.deep.equal([]);
    expect(last.requests.map(({ request }) => request)).to.include('erasure');
  });
});
