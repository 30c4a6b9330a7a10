import { expect } from 'chai';
import { cutOn, isHeld, monthsBefore, periodOn } from '../../../src/domain/retention/due.ts';
import {
  retentionCodes,
  retentionKind,
  retentionKinds,
} from '../../../src/domain/retention/retention-kinds.ts';
import type { Reference, SettingKey } from '../../../src/domain/reference/reference.ts';
import { settings } from '../../../src/persistence/seeds/reference/settings.ts';

const now = new Date('2026-03-31T04:00:00Z');

function withSetting(key: SettingKey, ...values: [from: string, value: number][]): Reference {
  const own = values.map(([effectiveFrom, value]) => ({ key, value, effectiveFrom, source: 'test' }));
  return { areas: [], occupations: [], settings: [...settings.filter((one) => one.key !== key), ...own] };
}

describe('domain/retention/due', () => {
  it('has one entry for every kind', () => {
    expect(retentionKinds.map(({ code }) => code)).to.deep.equal([...retentionCodes]);
  });

  it('counts months back to the same day, or to the last day of a shorter month', () => {
    expect(monthsBefore('2026-03-31', 1)).to.equal('2026-02-28');
    expect(monthsBefore('2024-03-31', 1)).to.equal('2024-02-29');
    expect(monthsBefore('2026-01-15', 36)).to.equal('2023-01-15');
    expect(monthsBefore('2026-01-31', 2)).to.equal('2025-11-30');
  });

  it('cuts by the setting in force on the day', () => {
    const reference = withSetting('retentionContactMonths', ['2015-01-01', 36], ['2026-03-01', 24]);
    const contact = retentionKind('contactData');
    expect(cutOn(reference, contact, '2026-02-28', now)!.day).to.equal('2023-02-28');
    expect(cutOn(reference, contact, '2026-03-01', now)!.day).to.equal('2024-03-01');
    const { day, instant } = cutOn(reference, retentionKind('searches'), '2026-03-31', now)!;
    expect(day).to.equal('2026-03-30');
    expect(instant.toISOString(), 'the day begins in Shanghai').to.equal('2026-03-29T16:00:00.000Z');
  });

  it('never goes below what the law asks for', () => {
    expect(
      periodOn(withSetting('retentionTrailMonths', ['2015-01-01', 1]), retentionKind('trail'), '2026-03-31'),
    ).to.equal(6);
    expect(
      periodOn(
        withSetting('retentionAttendanceMonths', ['2015-01-01', 12]),
        retentionKind('attendance'),
        '2026-03-31',
      ),
    ).to.equal(60);
  });

  it('never makes certificate facts or session files due, and files at their own end', () => {
    const reference: Reference = { areas: [], occupations: [], settings };
    for (const code of ['certificates', 'sessionFiles'] as const)
      expect(cutOn(reference, retentionKind(code), '2099-01-01', now)).to.equal(null);
    expect(cutOn(reference, retentionKind('expiredFiles'), '2026-03-31', now)!.instant).to.equal(now);
  });

  it('keeps whatever is about a held person or session', () => {
    const held = { persons: new Set(['p']), sessions: new Set(['s']) };
    const about = (personIds: string[], sessionIds: string[]) => ({ id: '1', personIds, sessionIds });
    expect(isHeld(about(['q', 'p'], []), held)).to.equal(true);
    expect(isHeld(about([], ['s']), held)).to.equal(true);
    expect(isHeld(about(['q'], ['t']), held)).to.equal(false);
  });
});
