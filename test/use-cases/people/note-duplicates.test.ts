import { expect } from 'chai';
import { district } from '../../../src/domain/accounts/scope.ts';
import { pairId } from '../../../src/domain/people/duplicate.ts';
import { correctPersonName } from '../../../src/use-cases/people/correct-person-name.ts';
import { dismissDuplicate, pairByHand } from '../../../src/use-cases/people/decide-duplicate.ts';
import { anActor } from '../../support/builders.ts';
import { merge, openPairs, register, twins } from '../../support/duplicates.ts';
import { anIdNumber } from '../../support/rosters.ts';
import { refusalOf } from '../../support/training.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('use-cases/people/note-duplicates', () => {
  let world: World;
  before(async () => {
    world = await openWorld('2021-05-01');
  });
  after(() => world.close());

  async function pairOf(a: string, b: string) {
    return (await openPairs(world.deps)).find((one) => one.id === pairId(a, b));
  }

  it('notes one number under two document types, as 15 digits of 18, and as a permit with its renewals', async () => {
    const { deps } = world;
    const number = anIdNumber('1985-02-03');
    const card = await register(deps, { name: '甲一', documentNumber: number, birthDay: '1985-02-03' });
    const fifteen = number.slice(0, 6) + number.slice(8, 17);
    const passport = await register(deps, {
      name: '甲乙',
      documentType: 'passport',
      documentNumber: fifteen,
      birthDay: null,
      gender: null,
    });
    expect((await pairOf(card, passport))?.grounds).to.deep.equal(['number']);
    const permit = (name: string, documentNumber: string, documentType = 'hk_macao_permit') =>
      register(deps, { name, documentType, documentNumber, birthDay: null, gender: null });
    const plain = await permit('丙一', 'H12345678');
    const renewed = await permit('丙二', 'H1234567802');
    const asPassport = await permit('丙三', 'H12345678', 'passport');
    expect((await pairOf(plain, renewed))?.grounds).to.deep.equal(['number']);
    expect((await pairOf(plain, asPassport))?.grounds).to.deep.equal(['number']);
    expect((await pairOf(renewed, asPassport))?.grounds).to.deep.equal(['number']);
    expect(await pairOf(card, plain)).to.equal(undefined);
  });

  it('notes one name, birth day and mobile, and leaves relatives and namesakes apart', async () => {
    const { deps } = world;
    const facts = { name: '钱 进', mobile: '19911110001' };
    const one = await register(deps, facts);
    const same = await register(deps, { ...facts, name: '钱进' });
    const relative = await register(deps, { ...facts, name: '钱来' });
    const namesake = await register(deps, { ...facts, mobile: '19911110002' });
    const younger = await register(deps, {
      ...facts,
      documentNumber: anIdNumber('1991-05-06'),
      birthDay: '1991-05-06',
    });
    const unknown = await register(deps, {
      ...facts,
      documentType: 'passport',
      documentNumber: 'E7',
      birthDay: null,
    });
    expect((await pairOf(one, same))?.grounds).to.deep.equal(['namesake']);
    const involved = (await openPairs(deps)).flatMap((pair) => pair.personIds);
    for (const other of [relative, namesake, younger, unknown]) expect(involved).not.to.include(other);
  });

  it('notes a pair when a mobile becomes known later, and when a name is corrected', async () => {
    const { deps } = world;
    const documentNumber = anIdNumber('1990-05-06');
    const early = await register(deps, { name: '孙山', documentNumber });
    const other = await register(deps, { name: '孙山', mobile: '19911110003' });
    const misspelt = await register(deps, { name: '孙三', mobile: '19911110003' });
    expect(await pairOf(early, other)).to.equal(undefined);
    await register(deps, { name: '孙山', documentNumber, mobile: '19911110003' });
    expect(await pairOf(early, other)).not.to.equal(undefined);
    const { version } = await deps.people.get(district, misspelt);
    const actor = await anActor(deps, 'bureauOfficer');
    await correctPersonName(deps, {
      actor,
      personId: misspelt,
      version,
      name: '孙山',
      reason: '核对身份证原件',
    });
    expect(await pairOf(misspelt, other)).not.to.equal(undefined);
  });

  it('asks for namesakes by index', async () => {
    const filter = { mobileHash: { $in: ['a', 'b'] }, nameKey: { $in: ['甲', '乙'] } };
    const plan = JSON.stringify(
      await world.deps.people.model.collection.find(filter).explain('queryPlanner'),
    );
    expect(plan).to.include('IXSCAN').and.not.include('COLLSCAN');
  });

  it('keeps two apart for good when the bureau says so, until it says otherwise', async () => {
    const { deps } = world;
    const actor = await anActor(deps, 'bureauOfficer');
    const { ids, duplicateId, facts } = await twins(deps);
    const short = await refusalOf(dismissDuplicate(deps, { actor, duplicateId, reason: '无' }));
    expect(short.name).to.equal('InvalidInput');
    await dismissDuplicate(deps, { actor, duplicateId, reason: '双胞胎兄弟，共用手机' });
    await register(deps, facts[1]);
    expect(await pairOf(...ids)).to.equal(undefined);
    const refused = await refusalOf(merge(deps, actor, { ids, duplicateId }));
    expect(refused.code).to.equal('people.merge.decided');
    const [one, other] = await Promise.all(ids.map((id) => deps.people.get(district, id)));
    const command = { actor, one: one!.learnerNumber, other: other!.learnerNumber.toLowerCase() };
    expect(await pairByHand(deps, command)).to.equal(duplicateId);
    expect((await pairOf(...ids))?.grounds).to.have.members(['namesake', 'officer']);
    expect((await refusalOf(pairByHand(deps, { ...command, other: command.one }))).name).to.equal(
      'InvalidInput',
    );
    expect((await refusalOf(pairByHand(deps, { ...command, other: 'L99999999' }))).name).to.equal(
      'InvalidInput',
    );
  });
});
