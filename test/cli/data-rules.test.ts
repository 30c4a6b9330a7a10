import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { withSettings } from '../../src/cli/settings-table.ts';
import { faultOfPassword } from '../../src/domain/accounts/password-rule.ts';
import { placeWords } from '../../src/domain/accounts/place-words.ts';
import { checkCertificateNumber } from '../../src/domain/certifications/certificate-number.ts';
import { checkCreditCode } from '../../src/domain/organisations/credit-code.ts';
import { checkLandline, checkMobile } from '../../src/domain/people/mobile.ts';
import { checkPersonName } from '../../src/domain/people/person-name.ts';
import { isCalendarDay } from '../../src/domain/shared/calendar-day.ts';
import { isReason } from '../../src/domain/trail/sensitive-edits.ts';
import { areas } from '../../src/persistence/seeds/reference/areas.ts';
import { settings } from '../../src/persistence/seeds/reference/settings.ts';

const owner = { userName: 'limin', displayName: '李敏' };
const levelFacts = { skillLevel: 'senior', issuedOn: '2007-05-01' };

const rules: Record<string, (typed: string) => boolean> = {
  checkPersonName: (typed) => checkPersonName(typed).ok,
  isCalendarDay,
  checkMobile: (typed) => checkMobile(typed).ok,
  checkLandline: (typed) => checkLandline(typed).ok,
  checkCreditCode: (typed) => checkCreditCode(typed).ok !== false,
  checkCertificateNumber: (typed) =>
    checkCertificateNumber('skill_level', typed, levelFacts).every((one) => one.severity !== 'error'),
  requireReason: isReason,
  faultOfPassword: (typed) =>
    faultOfPassword(typed, owner, (text) => text === 'password', placeWords({ areas })) === null,
};

describe('docs/data-rules.md', () => {
  const page = readFileSync('docs/data-rules.md', 'utf8');
  const examples = page
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 7 && /^`\w+`$/.test(cells[3]!));

  it('gives examples for every rule it names', () => {
    expect(examples.map((cells) => cells[3]!.replaceAll('`', ''))).to.deep.equal(Object.keys(rules));
  });

  for (const cells of examples) {
    const rule = cells[3]!.replaceAll('`', '');
    it(`is right about ${cells[1]!}`, () => {
      for (const [column, expected] of [
        [4, true],
        [5, false],
      ] as const) {
        const typed = [...cells[column]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
        expect(typed, `examples of ${rule}`).not.to.have.length(0);
        for (const one of typed) expect(rules[rule]!(one), `${rule}: ${one}`).to.equal(expected);
      }
    });
  }

  it('lists the settings as they are (npm run data-rules writes them anew)', () => {
    expect(withSettings(page, settings)).to.equal(page);
  });

  it('names files that are there', () => {
    const paths = [...page.matchAll(/`((?:src|docs|test)\/[\w./-]+)`/g)].map((match) => match[1]!);
    expect(paths).to.have.length.above(10);
    for (const path of paths) expect(existsSync(path), path).to.equal(true);
  });
});
