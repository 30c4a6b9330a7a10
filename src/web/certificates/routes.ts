// Certificates: lists, one certificate with its history, its file, replacement and revocation.
import type { Deps } from '../../deps.ts';
import { freshForm } from '../kernel/form.ts';
import { get, gives, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { listCertificates } from './list-certificates.ts';
import { replaceForm, showReplacement } from './replace.ts';
import { revokeForm, showRevocation } from './revoke.ts';
import { sendCertificateFile, showCertificate } from './show-certificate.ts';

export function certificateRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.certificates.pattern, 'certificate.list', (exchange) => listCertificates(deps, exchange)),
    get(paths.certificate.pattern, 'certificate.view', (exchange) => showCertificate(deps, exchange)),
    gives(
      ['pdf'],
      get(paths.certificateFile.pattern, 'certificate.download', (exchange) =>
        sendCertificateFile(deps, exchange),
      ),
    ),
    get(paths.newReplacement.pattern, 'certificate.replace', (exchange) =>
      showReplacement(deps, exchange, freshForm()),
    ),
    post(paths.replacement.pattern, 'certificate.replace', replaceForm(deps)),
    get(paths.newRevocation.pattern, 'certificate.revoke', (exchange) =>
      showRevocation(deps, exchange, freshForm()),
    ),
    post(paths.revocation.pattern, 'certificate.revoke', revokeForm(deps)),
  ];
}
