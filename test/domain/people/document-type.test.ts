import { expect } from 'chai';
import {
  checkDocumentNumber,
  documentTypes,
  documentTypeTyped,
  normaliseDocumentNumber,
  type DocumentType,
} from '../../../src/domain/people/document-type.ts';
import { idCheckCharacter } from '../../../src/domain/people/id-number.ts';

const today = '2021-06-01';
const withCheck = (first17: string) => first17 + idCheckCharacter(first17);

describe('domain/people/document-type', () => {
  const right: [DocumentType, string, string][] = [
    ['resident_identity_card', '320599198506150015', '320599198506150015'],
    ['hk_macao_permit', 'h12345678', 'H12345678'],
    ['hk_macao_permit', 'M 1234567801', 'M1234567801'],
    ['taiwan_permit', '12345678', '12345678'],
    ['taiwan_permit', '0123456789(B)', '0123456789B'],
    ['foreign_permanent_resident_card', 'USA330199012345', 'USA330199012345'],
    ['passport', 'E１２３４５６７８', 'E12345678'],
    ['military_officer_card', '军字第1234567号', '军字第1234567号'],
    ['military_officer_card', '1234567', '1234567'],
  ];
  for (const [type, typed, number] of right) {
    it(`takes ${typed} as ${type}`, () => {
      expect(checkDocumentNumber(type, typed, today)).to.include({ ok: true, number });
    });
  }

  const wrong: [DocumentType, string, string][] = [
    ['resident_identity_card', '320599198506150016', 'idNumber.checkCharacter'],
    ['hk_macao_permit', 'A12345678', 'documentNumber.hkMacaoPermit'],
    ['hk_macao_permit', 'H1234567', 'documentNumber.hkMacaoPermit'],
    ['taiwan_permit', '1234567', 'documentNumber.taiwanPermit'],
    ['hk_macao_taiwan_residence_permit', '320599198506150015', 'documentNumber.residencePermit'],
    ['foreign_permanent_resident_card', '320599198506150015', 'documentNumber.residentCard'],
    ['passport', 'ABCDE', 'documentNumber.passport'],
    ['passport', '3.20507E+17', 'idNumber.scientific'],
    ['passport', ' ', 'documentNumber.empty'],
    ['military_officer_card', '军字第12号', 'documentNumber.officerCard'],
  ];
  for (const [type, typed, code] of wrong) {
    it(`refuses ${JSON.stringify(typed)} as ${type}`, () => {
      expect(checkDocumentNumber(type, typed, today)).to.include({ ok: false, code: `identity.${code}` });
    });
  }

  it('reads birth day and gender from residence permits and new foreign cards, and checks them', () => {
    for (const [type, first17] of [
      ['hk_macao_taiwan_residence_permit', '83000019900307002'],
      ['foreign_permanent_resident_card', '93284019900307002'],
    ] as const) {
      const number = withCheck(first17);
      const facts = checkDocumentNumber(type, number, today);
      expect(facts, type).to.deep.include({
        ok: true,
        birthDay: '1990-03-07',
        gender: 'female',
        warnings: [],
      });
      const other = number.endsWith('5') ? '6' : '5';
      expect(checkDocumentNumber(type, first17 + other, today)).to.include({
        code: 'identity.idNumber.checkCharacter',
      });
    }
  });

  it('knows each type by its code, both names and what people call it', () => {
    for (const { code, zh, en, also } of documentTypes) {
      for (const word of [code, zh, en, ...also]) expect(documentTypeTyped(word), word).to.equal(code);
    }
    expect(documentTypeTyped(' 身 份 证 ')).to.equal('resident_identity_card');
    expect(documentTypeTyped('会员卡')).to.equal(null);
  });

  it('normalises brackets, hyphens and width away, so one number has one form', () => {
    expect(normaliseDocumentNumber("'e-１２３ ４５６（７）")).to.equal('E1234567');
  });
});
