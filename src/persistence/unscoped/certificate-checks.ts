// Public checks reach certificates before any scope is known: by the token of a print, or by number and name together.
import { countedKinds, type Certificate, type Print } from '../../domain/certifications/certificate.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { Certificates, Prints } from '../certificates.ts';
import type { Cipher } from '../cipher.ts';
import type { Organisations } from '../organisations.ts';

export interface CheckedCertificate {
  readonly certificate: Certificate;
  readonly print: Print | null;
}

export type CertificateChecks = ReturnType<typeof createCertificateChecks>;

export function createCertificateChecks(
  certificates: Certificates,
  prints: Prints,
  organisations: Organisations,
  cipher: Cipher,
) {
  return {
    /** The certificate whose print carries the token, or null. */
    async byToken(token: string): Promise<CheckedCertificate | null> {
      const print = await prints.findOne(district, {
        tokenHash: { $in: [...cipher.hashes('print', token)] },
      });
      const certificate = print && (await certificates.findOne(district, { _id: print.certificateId }));
      return certificate && certificate.status !== 'undone' ? { certificate, print } : null;
    },
    /** The certificate of a normalised number whose holder has this name key; null when either differs. */
    async byNumberAndName(number: string, nameKey: string): Promise<CheckedCertificate | null> {
      const found = (await certificates.find(district, { number })).filter(
        (one) => one.holderNameKey === nameKey && one.status !== 'undone',
      );
      const first = found.find((one) => countedKinds.includes(one.kind)) ?? found[0];
      return first === undefined ? null : { certificate: first, print: null };
    },
    /** The office telephone of who issued the certificate, or null where none is on record. */
    async issuerPhone({ evaluatorId, centreId }: Certificate): Promise<string | null> {
      const _id = evaluatorId ?? centreId;
      return _id === null ? null : ((await organisations.findOne(district, { _id }))?.phone ?? null);
    },
  };
}
