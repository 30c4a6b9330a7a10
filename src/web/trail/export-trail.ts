// The trail as a CSV: what the filter of the page leaves.
import Joi from 'joi';
import type { Deps } from '../../deps.ts';
import { writeCsv } from '../../sheets/write-csv.ts';
import { exportTrail } from '../../use-cases/trail/export-trail.ts';
import { formatTime, shanghaiDay } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import type { FormSpec } from '../kernel/form.ts';
import { maskText } from '../../domain/trail/mask-text.ts';
import { listTrail } from './list-trail.ts';
import { actWords, changeWords, kindWords, type RecordedEvent } from './present-event.ts';
import { filterFields, filterOf, readAsked } from './read-filter.ts';

export const exportForm = (deps: Deps): FormSpec<Record<string, string>> => ({
  schema: Joi.object(Object.fromEntries(filterFields.map((name) => [name, Joi.string().allow('').max(200)]))),
  show: (exchange, state) => listTrail(deps, exchange, state),
  async act(exchange, value) {
    const filter = await filterOf(deps, readAsked(value, exchange));
    const events = await exportTrail(deps, { actor: exchange.actor, filter });
    exchange.send(writeCsv([headings(exchange), ...events.map((event) => line(deps, exchange, event))]), {
      type: 'text/csv; charset=utf-8',
      name: `trail-${shanghaiDay(exchange.now)}.csv`,
    });
    return 'answered';
  },
});

const columns = ['column.number', 'column.when', 'column.who', 'file.accountId', 'column.what', 'file.code'];
const more = [
  'column.about',
  'file.objectId',
  'column.changes',
  'file.reason',
  'file.evidence',
  'column.address',
  'file.hash',
];

const headings = ({ t }: Exchange): string[] => [...columns, ...more].map((key) => t(`trail.${key}`));

function line(deps: Deps, exchange: Exchange, event: RecordedEvent): (string | number | null)[] {
  const { when, who, what, about, reason, evidenceId, address, seal } = event;
  return [
    seal?.number ?? null,
    `${shanghaiDay(when)} ${formatTime(when)}:${String(when.getUTCSeconds()).padStart(2, '0')}`,
    who.name,
    who.accountId,
    actWords(exchange, what),
    what,
    kindWords(exchange, about.kind),
    about.id,
    changeWords(deps, exchange, event).join(exchange.lang === 'zh' ? '；' : '; '),
    reason ? maskText(reason) : null,
    evidenceId ?? null,
    address ?? null,
    seal?.hash ?? null,
  ];
}
