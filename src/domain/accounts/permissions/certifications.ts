import { bureau, centre, evaluator, may, officer, type Grants } from './grant.ts';

export const certificationPermissions = {
  'assessment.list': may('see the list of assessments', ...centre, ...evaluator, ...bureau),
  'assessment.view': may(
    'open an assessment with its candidates and scores',
    ...centre,
    ...evaluator,
    ...bureau,
  ),
  'assessment.open': may('open a new assessment', ...centre, ...evaluator),
  'assessment.score': may('put candidates on an assessment and enter scores', ...centre, ...evaluator),
  'assessment.correct': may('correct a score with a reason', ...centre, ...evaluator),
  'certificateBatch.list': may('see batches of certificates', ...centre, ...evaluator, ...bureau),
  'certificateBatch.propose': may('propose a batch of certificates', ...centre, ...evaluator),
  'certificateBatch.decide': may(
    'approve or return a batch another person proposed',
    'centreApprover',
    'evaluatorApprover',
  ),
  'certificate.list': may('see the list of certificates', ...centre, ...evaluator, ...bureau, 'townshipDesk'),
  'certificate.view': may('open a certificate', ...centre, ...evaluator, ...bureau, 'townshipDesk'),
  'certificate.download': may('download certificates and print files', ...centre, ...evaluator, ...bureau),
  'certificate.replace': may('make a replacement of a certificate', ...centre, ...evaluator),
  'certificate.revoke': may('revoke a certificate', ...officer),
  'claimSlip.print': may('make and print claim codes', ...centre, ...evaluator),
  'certificateImport.list': may('see lists of certificates issued elsewhere', ...bureau),
  'certificateImport.upload': may('enter certificates issued elsewhere', ...officer),
  'certificateImport.decide': may(
    'approve or return a list of certificates another person entered',
    ...bureau,
  ),
} as const satisfies Grants;
