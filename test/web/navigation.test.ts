import { expect } from 'chai';
import { roles, type Actor, type Role } from '../../src/domain/accounts/actor.ts';
import { navigationFor } from '../../src/web/navigation.ts';

const viewer = (role: Role): Actor => ({ accountId: 'a', name: '某人', role, scope: { kind: 'district' } });
const current = (role: Role, path: string) =>
  navigationFor(viewer(role), path)
    .filter((one) => one.current)
    .map((one) => one.href);

describe('web/navigation', () => {
  it('marks the entry a page lies under by its address', () => {
    expect(current('bureauOfficer', '/people/x/name/new')).to.deep.equal(['/people']);
    expect(current('centreStaff', '/assessments/x')).to.deep.equal(['/assessments']);
    expect(current('enterpriseStaff', '/apprenticeships/x')).to.deep.equal(['/apprenticeships']);
  });

  it('marks the one that leads there where the address does not say', () => {
    expect(current('bureauOfficer', '/studios/x')).to.deep.equal(['/registers']);
    expect(current('bureauOfficer', '/recognitions/x/annulment/new')).to.deep.equal(['/registers']);
    expect(current('bureauOfficer', '/duplicates')).to.deep.equal(['/people']);
    expect(current('bureauOfficer', '/certificate-batches')).to.deep.equal(['/registers']);
    expect(current('centreApprover', '/certificate-batches/x')).to.deep.equal(['/certificates']);
    expect(current('auditor', '/retention')).to.deep.equal(['/reveals']);
    expect(current('bureauOfficer', '/account')).to.deep.equal([]);
  });

  it('never has more than seven entries, nor two of them marked', () => {
    for (const role of roles) {
      expect(navigationFor(viewer(role), '/home').length, role).to.be.at.most(7);
      for (const path of ['/home', '/certificate-batches', '/assessments', '/lessons/today'])
        expect(current(role, path).length, `${role} ${path}`).to.be.at.most(1);
    }
  });
});
