import { expect } from 'chai';
import {
  administratorRoles,
  roles,
  rolesOpenedBy,
  scopeOf,
  type Role,
} from '../../../src/domain/accounts/actor.ts';
import { can, permissions, type Action } from '../../../src/domain/accounts/permissions.ts';

const actions = Object.keys(permissions) as Action[];
const own = { organisationId: null, areaCode: null };

const withoutRecords: Partial<Record<Role, readonly string[]>> = {
  systemAdministrator: ['evidence.open'],
  securityAdministrator: ['evidence.open', 'refusal.list', 'reveal.list', 'reveal.closeCase'],
  auditor: ['evidence.open', 'trail.read', 'trail.export', 'reveal.list', 'retention.view'],
};

describe('domain/accounts/roles', () => {
  it('lets no administrator reach a record', () => {
    for (const role of administratorRoles) {
      expect(scopeOf(role, own), role).to.deep.equal({ kind: 'public' });
      const beyond = actions.filter((one) => can({ role }, one) && !one.startsWith('account.'));
      // The trail, what proves its changes and the lists of numbers shown and of refusals tell what was done, and show no
      // record; of those files administrators have what is about accounts alone (test/web/matrix).
      expect(beyond, role).to.have.members(withoutRecords[role] ?? []);
    }
  });

  it('lets a bureau reviewer see what an officer sees, decide, and enter nothing', () => {
    expect(scopeOf('bureauReviewer', own)).to.deep.equal({ kind: 'district' });
    const officerOnly = actions.filter(
      (one) => can({ role: 'bureauOfficer' }, one) && !can({ role: 'bureauReviewer' }, one),
    );
    expect(officerOnly).to.have.members([
      'certificate.revoke',
      'certificateImport.upload',
      'person.correct',
      'person.merge',
      'hold.set',
      'export.list',
      'roster.exportNumbers',
      'person.exportRecord',
      'subjectRequest.decide',
      'organisation.edit',
      'apprenticeship.edit',
      'apprenticeship.withdraw',
      'studio.recognise',
      'trainingPlatform.recognise',
      'recognition.annul',
      'trainingSession.recordPast',
    ]);
    expect(
      actions.filter((one) => can({ role: 'bureauReviewer' }, one) && !can({ role: 'bureauOfficer' }, one)),
    ).to.deep.equal([]);
  });

  it('gives a scope of nothing to a body or a desk without its own, and to a role nobody knows', () => {
    expect(scopeOf('centreStaff', own)).to.deep.equal({ kind: 'centre', centreId: '' });
    expect(scopeOf('townshipDesk', own)).to.deep.equal({ kind: 'area', areaCode: '' });
    expect(scopeOf('administrator' as never, own)).to.deep.equal({ kind: 'public' });
  });

  it('opens administrators from the command line alone', () => {
    expect(rolesOpenedBy(null)).to.deep.equal(roles);
    for (const role of roles)
      expect(rolesOpenedBy(role), role).to.have.members(
        roles.filter((one) => !administratorRoles.includes(one)),
      );
  });
});
