// The auditor's page: what anybody did, newest first, narrowed by who, what, to what, when and from where.
import type { Deps } from '../../deps.ts';
import { readPlace, writePlace } from '../../domain/trail/trail-filter.ts';
import { mostExported } from '../../use-cases/trail/export-trail.ts';
import { evidenceLinks } from '../evidence/evidence-links.ts';
import { formatShortInstant } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, freshForm, type FormState } from '../kernel/form.ts';
import { pageSize } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';
import {
  actWords,
  changeWords,
  kindWords,
  reasonWords,
  whoWords,
  type RecordedEvent,
} from './present-event.ts';
import { filterFields, filterOf, readAsked, type AskedFilter } from './read-filter.ts';

export async function listTrail(
  deps: Deps,
  exchange: Exchange,
  state: FormState = freshForm(),
): Promise<void> {
  const { t, query } = exchange;
  const asked = readAsked(state.status === 200 ? query : state.values, exchange);
  const after = readPlace(query.after);
  const { events, older } = await deps.reads.trailEvents.page(await filterOf(deps, asked), after, pageSize);
  const files = await evidenceLinks(
    deps,
    exchange,
    events.map((event) => event.evidenceId),
  );
  const choices = (part: string) => wordsOf(exchange, part);
  exchange.page(
    'trail/list',
    t('trail.title'),
    {
      path: paths.trail(),
      values: asked,
      kinds: choices('kind'),
      acts: choices('what'),
      applied: appliedOf(exchange, asked),
      columns: ['when', 'who', 'what', 'about', 'changes', 'address', 'number'].map((key) => ({
        label: t(`trail.column.${key}`),
        numeric: key === 'number',
      })),
      rows: events.map((event) => ({ cells: cellsOf(deps, exchange, event, files) })),
      newest: after === null ? null : withQuery(paths.trail(), asked),
      older: older === null ? null : withQuery(paths.trail(), { ...asked, after: writePlace(older) }),
      exportTo: exchange.may('trail.export') ? paths.trailExports() : null,
      asked: filterFields.map((name) => ({ name, value: asked[name] })),
      limit: mostExported,
    },
    formOptions(state),
  );
}

function cellsOf(
  deps: Deps,
  exchange: Exchange,
  event: RecordedEvent,
  files: Awaited<ReturnType<typeof evidenceLinks>>,
) {
  const { t } = exchange;
  const at = (narrowed: Partial<AskedFilter>) => withQuery(paths.trail(), narrowed);
  const { kind, id } = event.about;
  const changes = changeWords(deps, exchange, event);
  return [
    formatShortInstant(event.when),
    { text: whoWords(exchange, event.who), href: at({ actor: event.who.accountId }) },
    actWords(exchange, event.what),
    { text: kindWords(exchange, kind), note: id, href: at({ kind, id }) },
    {
      text: changes.join(exchange.lang === 'zh' ? '；' : '; '),
      note: reasonWords(exchange, event),
      file: files.get(event.evidenceId ?? '') ?? null,
    },
    event.address === null || event.address === undefined
      ? '—'
      : { text: event.address, href: at({ address: event.address }) },
    event.seal?.number ?? t('trail.unsealed'),
  ];
}

/** Each part of the filter with the address of the page without it. */
function appliedOf(exchange: Exchange, asked: AskedFilter) {
  const { t } = exchange;
  const words: Partial<Record<keyof AskedFilter, (value: string) => string>> = {
    kind: (value) => kindWords(exchange, value),
    what: (value) => actWords(exchange, value),
    from: (day) => t('trail.range.from', { day }),
    until: (day) => t('trail.range.until', { day }),
  };
  return filterFields
    .filter((name) => asked[name] !== '')
    .map((name) => ({
      text: words[name]?.(asked[name]) ?? asked[name],
      removeHref: withQuery(paths.trail(), { ...asked, [name]: null }),
    }));
}

/** The choices of a part, in order of their words: whatever there is wording for. */
function wordsOf({ site, lang, t }: Exchange, part: string) {
  const prefix = `trail.${part}.`;
  return [...site.wording.entries.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ value: key.slice(prefix.length), text: t(key) }))
    .sort((one, other) => one.text.localeCompare(other.text, lang));
}
