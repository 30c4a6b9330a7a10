// The files of an issued batch: all certificates as one ZIP or one print PDF, and claim slips with fresh codes.
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import type { Certificate } from '../../domain/certifications/certificate.ts';
import { orNotFound } from '../../domain/shared/errors.ts';
import { renderCertificates, renderClaimSlips, zipCertificates } from '../../documents/index.ts';
import { makeClaimCodes } from '../../use-cases/certifications/make-claim-codes.ts';
import { printFacts, printFileOf } from '../../use-cases/certifications/make-print-file.ts';
import type { Exchange } from '../kernel/exchange.ts';
import type { FormSpec } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { showBatch } from './show-batch.ts';

async function certificatesOf(
  deps: Deps,
  exchange: Exchange,
): Promise<{ number: string; certificates: Certificate[] }> {
  const { scope } = exchange.actor;
  const batch = await deps.certificateBatches.get(scope, exchange.params.id!);
  orNotFound(batch.status === 'issued' ? batch : null);
  const certificates = await deps.certificates.find(
    scope,
    { batchId: batch.id, status: 'valid' },
    { sort: { nameSortKey: 1 } },
  );
  return { number: batch.number, certificates };
}

export async function sendBatchZip(deps: Deps, exchange: Exchange): Promise<void> {
  const { number, certificates } = await certificatesOf(deps, exchange);
  await stream(exchange, `${number}.zip`, 'application/zip', zipCertificates(filesOf(deps, certificates)));
}

async function* filesOf(
  deps: Deps,
  certificates: readonly Certificate[],
): AsyncGenerator<{ name: string; bytes: Buffer }> {
  for (const certificate of certificates) {
    yield {
      name: `${certificate.number}.pdf`,
      bytes: await printFileOf(deps, certificate, certificate.currentPrintId!),
    };
  }
}

export async function sendBatchPrint(deps: Deps, exchange: Exchange): Promise<void> {
  const { number, certificates } = await certificatesOf(deps, exchange);
  const prints = await deps.prints.of(certificates);
  const byId = new Map(prints.map((one) => [one.id, one]));
  const pages = certificates.map((one) => printFacts(deps, one, byId.get(one.currentPrintId!)!));
  await stream(exchange, `${number}.pdf`, 'application/pdf', renderCertificates(pages));
}

async function stream(
  exchange: Exchange,
  name: string,
  type: string,
  source: AsyncIterable<Uint8Array> | Readable,
): Promise<void> {
  exchange.attach({ type, name });
  await pipeline(source instanceof Readable ? source : Readable.from(source), exchange.response);
}

export const printClaimSlipsForm = (deps: Deps): FormSpec<object> => ({
  schema: Joi.object({}),
  show: (exchange, state) => showBatch(deps, exchange, state),
  async act(exchange) {
    const batchId = exchange.params.id!;
    const batch = await deps.certificateBatches.get(exchange.actor.scope, batchId);
    const slips = await makeClaimCodes(deps, { actor: exchange.actor, batchId });
    const issuer = await deps.organisations.namesOf([batch.evaluatorId ?? batch.centreId ?? '']);
    const bytes = await renderClaimSlips({
      lang: exchange.lang,
      issuerName: [...issuer.values()][0] ?? '',
      findAddress: deps.config.publicUrl + paths.newFind(),
      slips: slips.map((slip) => ({
        ...slip,
        certificateKind: exchange.t(`certificates.kind.${slip.certificateKind}`),
      })),
      createdAt: exchange.now,
      sample: deps.demo,
    });
    exchange.send(bytes, {
      type: 'application/pdf',
      name: `${batch.number}-${exchange.t('certificates.slipsFile')}.pdf`,
    });
    return 'answered';
  },
});
