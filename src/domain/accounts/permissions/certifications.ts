import { bureau, by, centre, evaluator, type Grants } from './grant.ts';

export const certificationPermissions = {
  'assessment.list': by(...centre, ...evaluator, ...bureau),
  'assessment.view': by(...centre, ...evaluator, ...bureau),
  'assessment.open': by(...centre, ...evaluator),
  'assessment.score': by(...centre, ...evaluator),
  'certificateBatch.list': by(...centre, ...evaluator, ...bureau),
  'certificateBatch.propose': by('centreStaff', 'evaluatorStaff', 'centreApprover', 'evaluatorApprover'),
  'certificateBatch.decide': by('centreApprover', 'evaluatorApprover'),
  'certificate.list': by(...centre, ...evaluator, ...bureau, 'townshipDesk'),
  'certificate.view': by(...centre, ...evaluator, ...bureau, 'townshipDesk'),
  'certificate.download': by(...centre, ...evaluator, ...bureau),
  'certificate.replace': by(...centre, ...evaluator),
  'certificate.revoke': by(...bureau),
  'claimSlip.print': by(...centre, ...evaluator),
  'certificateImport.upload': by(...bureau),
  'certificateImport.decide': by(...bureau),
} as const satisfies Grants;
