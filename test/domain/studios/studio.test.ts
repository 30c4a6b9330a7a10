import { expect } from 'chai';
import { standingBy } from '../../../src/domain/studios/studio.ts';

describe('domain/studios/studio', () => {
  const studio = { tier: 'provincial', termEnd: '2026-05-31', status: 'recognised' } as const;
  const district = { tier: 'district', termEnd: '2024-05-31' } as const;
  const municipal = { tier: 'municipal', termEnd: '2025-05-31' } as const;

  it('stands at the highest tier left, with its term', () => {
    expect(standingBy(studio, [district, municipal])).to.deep.equal({ ...studio, ...municipal });
    expect(standingBy(studio, [municipal, district])).to.deep.equal({ ...studio, ...municipal });
  });

  it('keeps a renewed term while its tier stands', () => {
    const left = [{ tier: 'provincial', termEnd: '2024-05-31' } as const, district];
    expect(standingBy(studio, left)).to.equal(studio);
  });

  it('is taken down when no recognition is left', () => {
    expect(standingBy(studio, [])).to.deep.equal({ ...studio, status: 'revoked' });
  });
});
