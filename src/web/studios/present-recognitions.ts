// What the pages of a studio and of a training platform share: the table of recognitions, and how it stands today.
import type { Recognition, Studio } from '../../domain/studios/studio.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';

/** The tag: removed when no recognition stands, expired after its term. */
export function stateOf({ status, termEnd }: Pick<Studio, 'status' | 'termEnd'>, today: string): string {
  if (status === 'revoked') return 'removed';
  return termEnd !== null && termEnd < today ? 'expired' : 'recognised';
}

/** Columns and rows, latest first as given; whoever may annul one gets the way to that page. */
export function presentRecognitions({ t, may }: Pick<Exchange, 't' | 'may'>, found: readonly Recognition[]) {
  const mayAnnul = may('recognition.annul') && found.some((one) => one.annulledAt === null);
  return {
    columns: ['recognisedOn', 'tier', 'document', 'state', ...(mayAnnul ? ['act'] : [])].map((key) => ({
      label: t(`studios.field.${key}`),
    })),
    rows: found.map(({ id, recognisedOn, tier, document, annulledAt }) => ({
      cells: [
        recognisedOn,
        t(`studios.tier.${tier}`),
        document,
        { text: '', tag: annulledAt === null ? 'recognised' : 'annulled' },
        ...(mayAnnul
          ? [annulledAt === null ? { text: t('studios.annul'), href: paths.newAnnulment(id) } : '—']
          : []),
      ],
    })),
  };
}
