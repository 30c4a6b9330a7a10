// Pairs of records that may be one person, the latest first, and a form for two that no rule found.
import type { Deps } from '../../deps.ts';
import { district } from '../../domain/accounts/scope.ts';
import type { Person } from '../../domain/people/person.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paginate } from '../kernel/paging.ts';
import { paths } from '../paths.ts';

export async function listDuplicates(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { t, actor, query } = exchange;
  const total = await deps.duplicates.count(district, { status: 'open' });
  const { slice, model } = paginate(total, query.page, paths.duplicates());
  const pairs = await deps.duplicates.list('open', slice);
  const people = await deps.people.byIds(
    actor.scope,
    pairs.flatMap((pair) => pair.personIds),
  );
  const cell = (person: Person | undefined) =>
    person === undefined
      ? ''
      : { text: person.name, note: `${person.learnerNumber} · ${deps.people.masked(person).number}` };
  const typed = (name: string) => {
    const value = state.values[name];
    return typeof value === 'string' ? value : '';
  };
  exchange.page(
    'duplicates/list',
    t('people.merge.listTitle'),
    {
      action: paths.duplicates(),
      one: typed('one'),
      other: typed('other'),
      columns: ['one', 'other', 'grounds', 'found'].map((key) => ({
        label: t(`people.merge.column.${key}`),
      })),
      rows: pairs.map(({ id, personIds, grounds, foundAt }) => ({
        cells: [
          { ...(cell(people.get(personIds[0])) || { text: '' }), href: paths.duplicate(id) },
          cell(people.get(personIds[1])),
          grounds.map((ground) => t(`people.merge.ground.${ground}`)).join(' · '),
          formatShortInstant(foundAt),
        ],
      })),
      page: model,
    },
    {
      ...formOptions(state),
      breadcrumb: [{ href: paths.people(), text: t('people.listTitle') }],
    },
  );
}
