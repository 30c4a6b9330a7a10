// Draws the PDF of a print once and keeps those bytes: they are what is served from then on.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { Certificate, Print } from '../../domain/certifications/certificate.ts';

export type PrintFileDeps = Pick<
  Deps,
  'certificates' | 'prints' | 'keptFiles' | 'documents' | 'cipher' | 'config' | 'transaction' | 'now' | 'demo'
>;

/** The bytes of a print's PDF, drawn now if they never were; the caller has the certificate in scope. */
export async function printFileOf(
  deps: PrintFileDeps,
  certificate: Certificate,
  printId: string,
): Promise<Buffer> {
  const print = await deps.prints.get(district, printId);
  if (print.fileId !== null) return (await deps.keptFiles.read(print.fileId)).bytes;
  const bytes = await deps.documents.renderCertificate(printFacts(deps, certificate, print));
  return deps.transaction(async () => {
    const current = await deps.prints.get(district, printId);
    if (current.fileId !== null) return (await deps.keptFiles.read(current.fileId)).bytes;
    const kept = await deps.keptFiles.keep({
      name: `${certificate.number}.pdf`,
      type: 'application/pdf',
      bytes,
      at: deps.now(),
    });
    await deps.prints.save({ ...current, fileId: kept.id, sha256: kept.sha256 });
    return bytes;
  });
}

/** The plain facts a print shows, for drawing it alone or in a print file. */
export function printFacts(deps: Pick<Deps, 'cipher' | 'demo'>, certificate: Certificate, print: Print) {
  return {
    kind:
      certificate.kind === 'training_completion'
        ? ('training_completion' as const)
        : ('skill_level' as const),
    holderName: certificate.holderName,
    documentType: certificate.documentType,
    documentNumber: deps.cipher.open(certificate.documentNumberSealed),
    occupationName: certificate.occupationName,
    occupationCode: certificate.occupationCode,
    trade: certificate.trade,
    skillLevel: certificate.skillLevel,
    number: certificate.number,
    issuerName: certificate.issuerName,
    issuedOn: certificate.issuedOn,
    hours: certificate.hours,
    trainedFrom: certificate.trainedFrom,
    trainedTo: certificate.trainedTo,
    flowNumber: print.flowNumber,
    reissuedOn: print.remark === 'reissued' ? print.madeOn : null,
    checkAddress: deps.cipher.open(print.checkAddressSealed),
    sample: deps.demo,
    templateVersion: print.templateVersion,
  };
}
