// One certificate: facts as issued, prints, history, and its file.
import type { Deps } from '../../deps.ts';
import { checkOutcome, type CheckOutcome } from '../../domain/certifications/certificate.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import { printFileOf } from '../../use-cases/certifications/make-print-file.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';
import { loadHistory } from '../trail/load-history.ts';
import { certifiedFacts } from './present-certificate.ts';

/** What a check of the certificate answers today, as its tag. */
const tags: Readonly<Record<CheckOutcome, string>> = {
  valid: 'valid',
  expired: 'expired',
  revoked: 'revoked',
  replaced: 'replaced',
  elsewhere: 'recordedElsewhere',
};

export async function showCertificate(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, lang, actor } = exchange;
  const certificate = await deps.certificates.get(actor.scope, exchange.params.id!);
  const [prints, history] = await Promise.all([
    deps.prints.of([certificate]),
    loadHistory(deps, exchange, paths.certificate(certificate.id), [
      { kind: 'certificate', ids: [certificate.id] },
    ]),
  ]);
  const current = prints.find((one) => one.id === certificate.currentPrintId) ?? null;
  const valid = certificate.status === 'valid';
  const tag = tags[checkOutcome(certificate, null, dayOf(exchange.now))];
  exchange.page(
    'certificates/show',
    certificate.number,
    {
      title: certificate.number,
      status: certificate.status,
      tag,
      revoked:
        certificate.status === 'revoked'
          ? t('certificates.revokedOn', {
              day: formatDay(lang, certificate.revokedOn!),
              reason: t(`certificates.revocation.${certificate.revocationCategory ?? 'other'}`),
            })
          : null,
      facts: certifiedFacts(deps, exchange, certificate, current),
      download:
        current !== null && valid && exchange.may('certificate.download')
          ? paths.certificateFile(certificate.id)
          : null,
      replace:
        current !== null && valid && exchange.may('certificate.replace')
          ? paths.newReplacement(certificate.id)
          : null,
      revoke: valid && exchange.may('certificate.revoke') ? paths.newRevocation(certificate.id) : null,
      batch:
        certificate.batchId === null || actor.scope.kind === 'area'
          ? null
          : { href: paths.certificateBatch(certificate.batchId), text: t('certificates.openBatch') },
      hasPrints: prints.length > 0,
      printColumns: ['flowNumber', 'madeOn', 'state', 'sha256'].map((key) => ({
        label: t(`certificates.print.${key}`),
      })),
      printRows: prints.map((one) => ({
        cells: [
          one.flowNumber,
          one.madeOn,
          { text: '', tag: one.state === 'current' ? tag : 'replaced' },
          one.sha256 === null ? t('certificates.notDrawnYet') : `${one.sha256.slice(0, 16)}…`,
        ],
      })),
      history,
    },
    { breadcrumb: [{ href: paths.certificates(), text: t('certificates.title') }] },
  );
}

export async function sendCertificateFile(deps: Deps, exchange: Exchange): Promise<void> {
  const certificate = await deps.certificates.get(exchange.actor.scope, exchange.params.id!);
  if (certificate.status !== 'valid' || certificate.currentPrintId === null)
    throw new RuleBroken('certificates.noDownload');
  const bytes = await printFileOf(deps, certificate, certificate.currentPrintId);
  exchange.send(bytes, { type: 'application/pdf', name: `${certificate.number}.pdf` });
}
