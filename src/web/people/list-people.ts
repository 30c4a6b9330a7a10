// The people a viewer has to do with, by name; a search is kept so that its words stand in no address.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { searchPeople } from '../../use-cases/people/search-people.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { text } from '../kernel/fields.ts';
import { formOptions, freshForm, type FormSpec, type FormState } from '../kernel/form.ts';
import { paginate } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';

export async function showPeople(
  deps: Deps,
  exchange: Exchange,
  state: FormState = freshForm(),
): Promise<void> {
  const { actor } = exchange;
  const search = exchange.query.search;
  const sought = search === undefined ? null : await deps.peopleSearches.textOf(actor.accountId, search);
  const total = await deps.people.countByName(actor.scope, sought ?? '');
  const page = paginate(total, exchange.query.page, paths.people(), { search });
  const people = await deps.people.byName(actor.scope, sought ?? '', page.slice);
  const last = await lastCourses(
    deps,
    exchange,
    people.map((person) => person.id),
  );
  const typed = state.values['text'];
  exchange.page(
    'people/list',
    exchange.t('people.listTitle'),
    {
      action: paths.personSearches(),
      typed: typeof typed === 'string' ? typed : (sought ?? ''),
      heading: sought === null ? '' : exchange.t('people.found', { text: sought }),
      all: sought === null ? '' : paths.people(),
      duplicates: exchange.may('person.merge') ? paths.duplicates() : '',
      columns: [
        { label: exchange.t('people.name') },
        { label: exchange.t('people.learnerNumber') },
        { label: exchange.t('people.document') },
        { label: exchange.t('people.lastEvent') },
      ],
      rows: people.map((person) => ({
        cells: [
          { text: person.name, href: paths.person(person.id) },
          person.learnerNumber,
          deps.people.masked(person).number,
          last.get(person.id) ?? '',
        ],
      })),
      page: page.model,
    },
    formOptions(state),
  );
}

export const searchForm = (deps: Deps): FormSpec<{ text: string }> => ({
  schema: Joi.object({ text: text('people.searchField', 60).required() }),
  show: (exchange, state) => showPeople(deps, exchange, state),
  async act(exchange, value) {
    const found = await searchPeople(deps, { actor: exchange.actor, text: value.text });
    return {
      to:
        'personId' in found
          ? paths.person(found.personId)
          : withQuery(paths.people(), { search: found.searchId }),
    };
  },
});

/** The name of each person's latest session in the viewer's sight, with the day of joining. */
async function lastCourses(
  deps: Deps,
  { actor }: Exchange,
  ids: readonly string[],
): Promise<Map<string, { text: string; note: string }>> {
  const enrolments = await deps.enrolments.find(actor.scope, {
    personId: { $in: [...ids] },
    status: { $ne: 'undone' },
  });
  const latest = new Map<string, (typeof enrolments)[number]>();
  for (const one of enrolments) {
    const known = latest.get(one.personId);
    if (known === undefined || known.joinedOn < one.joinedOn) latest.set(one.personId, one);
  }
  const sessionIds = [...new Set([...latest.values()].map((one) => one.sessionId))];
  const sessions = await deps.trainingSessions.find(actor.scope, { _id: { $in: sessionIds } });
  const names = new Map(sessions.map((session) => [session.id, session.name]));
  return new Map(
    [...latest].map(([personId, one]) => [
      personId,
      { text: names.get(one.sessionId) ?? '', note: one.joinedOn },
    ]),
  );
}
