import { expect } from 'chai';
import { benchSecurityChain, benchSignIn } from './access.ts';
import { benchAuditAppend, benchAuditVerify } from './audit.ts';
import { benchCertificates, benchPrintFile } from './certificates.ts';
import { benchDryRun } from './dry-run.ts';
import { benchHeadcounts } from './headcounts.ts';
import { benchImport } from './import.ts';

describe('bench, in small', function () {
  this.timeout(120_000);

  it('measures an import, a dry run, certificates, a print file, access, the trail and counting', async () => {
    const found = [
      await benchImport(20, 1),
      await benchDryRun(200),
      await benchCertificates(2, 1),
      await benchPrintFile(2),
      await benchSignIn(1, 4),
      await benchSecurityChain(2, 4, 1),
      await benchAuditAppend(20, 1),
      await benchAuditVerify(600),
    ];
    for (const one of found) expect(one.result).to.match(/\d/);
    expect(benchHeadcounts(900).ratio).to.be.above(0);
  });
});
