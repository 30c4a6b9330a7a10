// One merge: who, when and why, what moved, and its reversal while that is possible.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import { mergeFields, type MergeField } from '../../domain/people/person-merge.ts';
import { maskText } from '../../domain/trail/mask-text.ts';
import { evidenceLinks } from '../evidence/evidence-links.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';

const fieldLabels: Readonly<Record<MergeField, string>> = {
  name: 'people.name',
  document: 'people.document',
  mobile: 'people.mobile',
  education: 'people.education',
  householdRegistration: 'people.household',
  keyGroups: 'people.keyGroups',
};

export async function showMerge(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, lang } = exchange;
  const merge = await deps.personMerges.get(district, exchange.params.id!);
  const files = await evidenceLinks(deps, exchange, [merge.evidenceId, merge.undoneEvidenceId]);
  const list = (parts: readonly string[]) =>
    parts.join(lang === 'zh' ? '、' : ', ') || t('people.merge.nothing');
  const chosen = mergeFields.filter((field) => merge.choices[field] !== 'kept');
  const typed = state.values['reason'];
  exchange.page(
    'duplicates/merge',
    t('people.merge.recordTitle'),
    {
      lead: `${merge.keptLearnerNumber} · ${merge.mergedLearnerNumber}`,
      facts: [
        {
          label: t('people.merge.keptRecord'),
          value: merge.keptLearnerNumber,
          href: paths.person(merge.keptId),
        },
        {
          label: t('people.merge.mergedRecord'),
          value: merge.mergedLearnerNumber,
          href: merge.status === 'undone' ? paths.person(merge.mergedId) : '',
        },
        { label: t('people.merge.by'), value: merge.byName },
        { label: t('people.merge.at'), value: formatShortInstant(merge.at) },
        {
          label: t('people.merge.reason'),
          value: maskText(merge.reason),
          file: files.get(merge.evidenceId ?? '') ?? null,
        },
        { label: t('people.merge.chosen'), value: list(chosen.map((field) => t(fieldLabels[field]))) },
        {
          label: t('people.merge.moved'),
          value: list(
            merge.moved.map(({ collection, ids }) =>
              t(`people.merge.moved.${collection}`, { count: ids.length }),
            ),
          ),
        },
        merge.undoneAt === null
          ? { label: t('people.merge.undoUntil'), value: formatShortInstant(merge.undoUntil) }
          : {
              label: t('people.merge.undone'),
              value: t('people.merge.undoneBy', {
                at: formatShortInstant(merge.undoneAt),
                by: merge.undoneByName ?? '',
                reason: maskText(merge.undoneReason ?? ''),
              }),
              file: files.get(merge.undoneEvidenceId ?? '') ?? null,
            },
      ],
      undo:
        merge.status === 'merged' && exchange.now <= merge.undoUntil
          ? { action: paths.personMergeReversal(merge.id), reason: typeof typed === 'string' ? typed : '' }
          : null,
    },
    {
      ...formOptions(state),
      breadcrumb: [
        { href: paths.people(), text: t('people.listTitle') },
        { href: paths.duplicates(), text: t('people.merge.listTitle') },
      ],
    },
  );
}
