import { expect } from 'chai';
import { educations, educationTyped } from '../../../src/domain/people/education.ts';
import { genders, genderTyped } from '../../../src/domain/people/gender.ts';
import {
  householdRegistrations,
  householdRegistrationTyped,
} from '../../../src/domain/people/household-registration.ts';
import { keyGroups, keyGroupsTyped } from '../../../src/domain/people/key-group.ts';
import type { Term } from '../../../src/domain/shared/term.ts';

describe('domain/people code lists', () => {
  const lists: [string, readonly Term[], (typed: string) => string | null][] = [
    ['gender', genders, genderTyped],
    ['education', educations, educationTyped],
    ['household registration', householdRegistrations, householdRegistrationTyped],
    ['key group', keyGroups, (typed) => keyGroupsTyped(typed).groups[0] ?? null],
  ];
  for (const [name, terms, typed] of lists) {
    it(`${name}: every word leads to its own code and to no other`, () => {
      for (const { code, zh, en, also } of terms) {
        for (const word of [code, zh, en, en.toUpperCase(), ` ${zh}\u3000`, ...also]) {
          expect(typed(word), word).to.equal(code);
        }
      }
      expect(typed('不在表中')).to.equal(null);
    });
  }

  it('reads several groups out of one cell, each once, and names words it does not know', () => {
    expect(keyGroupsTyped('退役军人、残疾人；退役军人,外星人')).to.deep.equal({
      groups: ['veteran', 'disabled'],
      unknown: ['外星人'],
    });
    expect(keyGroupsTyped('低收入/脱贫家庭劳动力')).to.deep.equal({ groups: ['low_income'], unknown: [] });
    expect(keyGroupsTyped(' ')).to.deep.equal({ groups: [], unknown: [] });
  });
});
