// Who saw which number whole, latest first, with the cases above; people by learner number, for the viewer sees no records.
import type { Deps } from '../../deps.ts';
import { revealPurposes } from '../../domain/people/reveal.ts';
import { termOf } from '../../domain/shared/term.ts';
import { maskText } from '../../domain/trail/mask-text.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paginate } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';

export async function listReveals(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, lang, query } = exchange;
  const accountId = query.account ? query.account : null;
  const total = await deps.reveals.count(accountId);
  const { slice, model } = paginate(total, query.page, paths.reveals(), { account: query.account });
  const [found, cases] = await Promise.all([deps.reveals.list(accountId, slice), deps.revealCases.list()]);
  const mayClose = exchange.may('reveal.closeCase');
  exchange.page(
    'reveals/list',
    t('people.reveal.listTitle'),
    {
      title: t('people.reveal.listTitle'),
      lead: t('people.reveal.listLead'),
      retention: exchange.may('retention.view') ? paths.retention() : null,
      all: accountId === null ? null : paths.reveals(),
      cases: cases.map((one) => ({
        title: t('people.reveal.case', { number: one.number, name: one.accountName, count: one.count }),
        facts:
          one.closedAt === null
            ? t('people.reveal.caseOpen', { at: formatShortInstant(one.openedAt) })
            : t('people.reveal.caseDone', {
                at: formatShortInstant(one.closedAt),
                by: one.closedBy ?? '',
                finding: maskText(one.finding ?? ''),
              }),
        href: withQuery(paths.reveals(), { account: one.accountId }),
        tone: one.closedAt === null ? 'bad' : 'info',
        close: one.closedAt === null && mayClose ? paths.revealCases() : null,
        id: one.id,
      })),
      columns: ['at', 'who', 'learner', 'what', 'purpose', 'address'].map((key) => ({
        label: t(`people.reveal.column.${key}`),
      })),
      rows: found.map((one) => ({
        cells: [
          formatShortInstant(one.at),
          { text: one.accountName, href: withQuery(paths.reveals(), { account: one.accountId }) },
          one.learnerNumber,
          t(`people.reveal.field.${one.field}`),
          [termOf(revealPurposes, one.purpose)?.[lang] ?? '', maskText(one.note ?? '')]
            .filter(Boolean)
            .join(' · '),
          one.address,
        ],
      })),
      page: model,
      finding: typeof state.values.finding === 'string' ? state.values.finding : '',
    },
    formOptions(state),
  );
}
