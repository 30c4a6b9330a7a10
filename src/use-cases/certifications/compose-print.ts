// A print of a certificate: its flow number and a random token whose address the QR holds for ever.
import type { Deps } from '../../deps.ts';
import type { Certificate, Print } from '../../domain/certifications/certificate.ts';

/** Bumped when the certificate's design or wording changes; issued prints keep theirs. */
export const templateVersion = 'certificate-1';

export function composePrint(
  deps: Pick<Deps, 'newId' | 'newToken' | 'cipher' | 'config'>,
  certificate: Pick<Certificate, 'id'>,
  given: { serial: number; madeOn: string; remark: Print['remark'] },
): Print {
  const token = deps.newToken();
  return {
    id: deps.newId(),
    version: 0,
    certificateId: certificate.id,
    flowNumber: `${given.madeOn.slice(0, 4)}${String(given.serial).padStart(8, '0')}`,
    tokenHash: deps.cipher.hash('print', token),
    checkAddressSealed: deps.cipher.seal(`${deps.config.publicUrl}/c/${token}`),
    templateVersion,
    remark: given.remark,
    madeOn: given.madeOn,
    state: 'current',
    replacedOn: null,
    replacedById: null,
    fileId: null,
    sha256: null,
  };
}
