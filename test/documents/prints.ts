// Certificates to draw in tests; identities are synthetic.
import type { CertificatePrint } from '../../src/documents/types.ts';

export function aPrint(changes: Partial<CertificatePrint> = {}): CertificatePrint {
  return {
    kind: 'skill_level',
    holderName: '张珊',
    documentType: 'resident_identity_card',
    documentNumber: '320599198506150015',
    occupationName: '多工序数控机床操作调整工',
    trade: '数控铣工',
    skillLevel: 'senior',
    number: 'S000032999999213000001',
    issuerName: '相城示例职业技能评价中心',
    issuedOn: '2021-12-17',
    hours: null,
    trainedFrom: null,
    trainedTo: null,
    flowNumber: '202100000012',
    reissuedOn: null,
    checkAddress: 'https://skillroll.example/c/Jx2mZk0o8p9Qb1LrT5uVwA',
    sample: false,
    ...changes,
  };
}

export function aCompletionPrint(changes: Partial<CertificatePrint> = {}): CertificatePrint {
  return aPrint({
    kind: 'training_completion',
    skillLevel: null,
    number: 'XCPX2021-0007-0038',
    issuerName: '华翼职业培训学校',
    hours: 56,
    trainedFrom: '2021-11-08',
    trainedTo: '2021-12-17',
    ...changes,
  });
}
