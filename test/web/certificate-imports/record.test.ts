import { expect } from 'chai';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor } from '../../support/builders.ts';
import { anIdNumber } from '../../support/rosters.ts';
import { openWorld, type World } from '../../support/world.ts';

const from = '/certificate-imports/new';
const path = '/certificate-imports';

describe('web/certificate-imports/record', () => {
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  let officer: Visitor;
  before(async () => {
    world = await openWorld('2021-06-01');
    site = await openSite(world.deps);
    officer = site.visitor();
    await officer.signIn((await anActor(world.deps, 'bureauOfficer')).userName);
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });
  const typed = {
    step: 'check',
    name: '钱多多',
    documentNumber: anIdNumber(),
    kind: '职业技能等级证书',
    certificateNumber: 'S000032880002213000001',
    occupationName: '焊工',
    skillLevel: 'senior',
    issuedOn: '2021-03-01',
    issuer: '无锡某评价机构',
  };

  it('says what is wrong with one typed in at its fields, and keeps what was typed', async () => {
    const empty = { kind: '', issuedOn: '', issuer: '' };
    const refused = await officer.post(path, { ...typed, ...empty }, { from });
    expect(refused.status).to.equal(422);
    expect(refused.text)
      .to.include('href="#f-kind">选择证书种类。')
      .and.include('href="#f-issuedOn">填写发证日期。')
      .and.include('href="#f-issuer">填写发证机构。')
      .and.include('value="钱多多"');
  });

  it('shows a good one before it is submitted', async () => {
    const checked = await officer.post(path, typed, { from });
    expect(checked.status).to.equal(200);
    expect(checked.text).to.include('钱多多').and.include('新增').and.not.include(typed.documentNumber);
  });
});
