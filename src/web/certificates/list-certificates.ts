// The list of certificates in scope, newest first, by kind, year of issue, whole number or beginning of a name.
import type { Deps } from '../../deps.ts';
import { certificateKinds } from '../../domain/certifications/certificate.ts';
import { normaliseCertificateNumber } from '../../domain/certifications/certificate-number.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';
import { levelName } from '../presenting/names.ts';

export async function listCertificates(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, query, actor, lang } = exchange;
  const kind = certificateKinds.find((one) => one === query.kind);
  const year = /^\d{4}$/.test(query.year ?? '') ? query.year : undefined;
  const number = query.number ? normaliseCertificateNumber(query.number) : undefined;
  const filter = {
    onRecord: true,
    ...(kind === undefined ? {} : { kind }),
    ...(number === undefined ? {} : { number }),
    issuedOn: year === undefined ? { $gte: '1900-01-01' } : { $gte: `${year}-01-01`, $lte: `${year}-12-31` },
  };
  const total = await deps.certificates.count(actor.scope, filter);
  const kept = { kind, year, number: query.number };
  const { slice, model } = paginate(total, query.page, paths.certificates(), kept);
  const found = await deps.certificates.find(actor.scope, filter, { sort: { issuedOn: -1 }, page: slice });
  const without = (name: keyof typeof kept) => withQuery(paths.certificates(), { ...kept, [name]: null });
  exchange.page('certificates/list', t('certificates.title'), {
    title: t('certificates.title'),
    action: exchange.may('certificateImport.upload')
      ? { href: paths.newCertificateImport(), text: t('certificates.record') }
      : null,
    path: paths.certificates(),
    values: { kind: kind ?? '', year: year ?? '', number: query.number ?? '' },
    kinds: certificateKinds.map((one) => ({ value: one, text: t(`certificates.kind.${one}`) })),
    applied: [
      ...(kind === undefined ? [] : [{ text: t(`certificates.kind.${kind}`), removeHref: without('kind') }]),
      ...(year === undefined ? [] : [{ text: year, removeHref: without('year') }]),
      ...(number === undefined ? [] : [{ text: number, removeHref: without('number') }]),
    ],
    columns: ['number', 'name', 'kind', 'occupation', 'level', 'issuedOn', 'status'].map((key) => ({
      label: t(`certificates.column.${key}`),
    })),
    rows: found.map((one) => ({
      cells: [
        { text: one.number, href: paths.certificate(one.id) },
        one.holderName,
        t(`certificates.kind.${one.kind}`),
        one.occupationName,
        levelName(lang, one.skillLevel),
        one.issuedOn,
        {
          text: '',
          tag: one.origin === 'recorded' && one.status === 'valid' ? 'recordedElsewhere' : one.status,
        },
      ],
    })),
    page: model,
  });
}
