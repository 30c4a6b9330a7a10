// The page of an act that cannot be done on a certificate: why, said before anything is typed, and the way back.
import type { Certificate } from '../../domain/certifications/certificate.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';

export function refusedForm(
  exchange: Exchange,
  certificate: Certificate,
  titleKey: string,
  refusal: string,
): void {
  const { t } = exchange;
  exchange.page(
    'certificates/refused',
    t(titleKey),
    {
      title: t(titleKey),
      lead: `${certificate.holderName} · ${certificate.number}`,
      refusal: t(refusal),
      back: paths.certificate(certificate.id),
    },
    {
      status: 422,
      breadcrumb: [
        { href: paths.certificates(), text: t('certificates.title') },
        { href: paths.certificate(certificate.id), text: certificate.number },
      ],
    },
  );
}
