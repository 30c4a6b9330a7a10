// Two records side by side, numbers masked, and the form that makes them one or keeps them apart.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { Duplicate } from '../../domain/people/duplicate.ts';
import { mergeFields, type MergeField } from '../../domain/people/person-merge.ts';
import type { Person } from '../../domain/people/person.ts';
import { maskText } from '../../domain/trail/mask-text.ts';
import { findMergeObstacles, heldBy } from '../../use-cases/people/find-merge-obstacles.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { presentSides, type Sides } from './present-sides.ts';

export async function showDuplicate(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t } = exchange;
  const pair = await deps.duplicates.get(district, exchange.params.id!);
  if (pair.status === 'merged') return exchange.redirect(await mergeOf(deps, pair));
  const people = (await Promise.all(pair.personIds.map((id) => deps.people.record(id)))) as [Person, Person];
  const held = await Promise.all(people.map((one) => heldBy(deps, one.id)));
  const open = pair.status === 'open';
  const obstacles = open ? await findMergeObstacles(deps, held[0]!, held[1]!) : [];
  const sides = presentSides(deps, exchange, people, [held[0]!, held[1]!]);
  const typed = (name: string, otherwise = '') => {
    const value = state.values[name];
    return typeof value === 'string' ? value : otherwise;
  };
  const keptId = typed('keptId', people[0].id);
  exchange.page(
    'duplicates/show',
    t('people.merge.title'),
    {
      lead: pair.grounds.map((ground) => t(`people.merge.ground.${ground}`)).join(' · '),
      decision:
        pair.status === 'dismissed'
          ? t('people.merge.isDismissed', {
              at: formatShortInstant(pair.decidedAt!),
              by: pair.decidedByName ?? '',
              reason: maskText(pair.reason ?? ''),
            })
          : '',
      columns: [
        { label: t('people.merge.field.item') },
        ...people.map((one) => ({ label: one.learnerNumber })),
      ],
      rows: sides.rows.map(({ label, values, differs }) => ({
        cells: [differs ? { text: label, note: t('people.merge.differs') } : label, ...values],
      })),
      obstacles: obstacles.map((one) => exchange.explain(one)),
      merge:
        open && obstacles.length === 0
          ? {
              action: paths.duplicateMerge(pair.id),
              versions: people.map((one) => one.version),
              kept: people.map((one) => ({ value: one.id, text: `${one.learnerNumber} · ${one.name}` })),
              keptId,
              fields: differing(exchange, sides, people, (field, otherwise) => typed(field, otherwise)),
              reason: typed('reason'),
            }
          : null,
      dismiss: open ? { action: paths.duplicateDismissal(pair.id), reason: typed('reason') } : null,
      back: paths.duplicates(),
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

async function mergeOf(deps: Deps, pair: Duplicate): Promise<string> {
  const merges = await deps.personMerges.ofPerson(pair.personIds[0]);
  const merge = merges.find((one) => one.duplicateId === pair.id && one.status === 'merged');
  return merge === undefined ? paths.duplicates() : paths.personMerge(merge.id);
}

/** A choice for each field whose values differ; the first record's value is set unless it has none. */
function differing(
  { t }: Exchange,
  { fields }: Sides,
  people: readonly [Person, Person],
  typed: (field: MergeField, otherwise: string) => string,
) {
  return mergeFields
    .filter((field) => fields[field].key[0] !== fields[field].key[1])
    .map((field) => {
      const { label, values, key } = fields[field];
      const options = people.map((one, index) => ({ value: one.id, text: values[index]! }));
      if (field === 'keyGroups') options.push({ value: 'both', text: t('people.merge.both') });
      const first = key[0] === '' ? people[1].id : people[0].id;
      return { name: field, label, options, value: typed(field, field === 'keyGroups' ? 'both' : first) };
    });
}
