// The preview of a checked roster: rows by state, what is said of each, and the form that commits.
import {
  isGood,
  rowStates,
  warningCodes,
  type CheckedRow,
  type RosterImport,
} from '../../domain/training/roster-import.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { formatDay } from '../formatting/format-day.ts';
import { shanghaiDay } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paginate } from '../kernel/paging.ts';
import { paths, withQuery } from '../paths.ts';
import { errorFiles, fileName, importTrail, readAs } from './present-import.ts';
import { presentRow } from './present-rows.ts';

export interface ShownImport {
  readonly rosterImport: RosterImport;
  readonly session: TrainingSession;
  readonly rows: readonly CheckedRow[];
}

/** Shows the preview with what was typed into its form. */
export function showPreview(
  exchange: Exchange,
  { rosterImport, session, rows }: ShownImport,
  state: FormState,
): void {
  const base = paths.rosterImport(rosterImport.id);
  const filter = rowStates.find((one) => one === exchange.query.state) ?? null;
  const chosen = filter === null ? rows : rows.filter((row) => row.state === filter);
  const page = paginate(chosen.length, exchange.query.page, base, filter === null ? {} : { state: filter });
  const tab = (key: string | null, text: string, count: number) => ({
    href: withQuery(base, { state: key }),
    text,
    count,
    current: filter === key,
  });
  const hasFile = rosterImport.fileId !== null;
  const form = exchange.may('roster.import')
    ? presentForm(exchange, { rosterImport, session, rows }, state)
    : null;
  exchange.page(
    'rosters/preview',
    exchange.t('rosters.preview', { file: fileName(exchange, rosterImport) }),
    {
      readAs: readAs(exchange, rosterImport),
      unread:
        rosterImport.unusedHeadings.length === 0
          ? ''
          : exchange.t('rosters.unread', {
              columns: rosterImport.unusedHeadings.join(exchange.lang === 'zh' ? '、' : ', '),
            }),
      until: exchange.t('rosters.previewUntil', {
        day: formatDay(exchange.lang, shanghaiDay(rosterImport.previewUntil)),
      }),
      tabs: [
        tab(null, exchange.t('rosters.all'), rows.length),
        ...rowStates.map((key) => tab(key, exchange.t(`shared.status.${key}`), rosterImport.counts[key])),
      ],
      errorFiles: hasFile ? errorFiles(rosterImport) : null,
      rows: chosen
        .slice(page.slice.skip, page.slice.skip + page.slice.limit)
        .map((row) => presentRow(exchange, rosterImport, row)),
      pagination: chosen.length > page.slice.limit ? page.model : null,
      form,
      again: form === null && exchange.may('roster.import') ? paths.newRoster(session.id) : null,
    },
    { ...formOptions(state), breadcrumb: importTrail(exchange, session) },
  );
}

/** The form that commits; null when no row can be taken in. */
function presentForm(exchange: Exchange, { rosterImport, session, rows }: ShownImport, state: FormState) {
  const good = rows.filter(isGood);
  if (good.length === 0) return null;
  const bad = rows.length - good.length;
  const typed = (name: string) => (typeof state.values[name] === 'string' ? state.values[name] : '');
  const count = (code: string) => good.filter((row) => row.warnings.some((one) => one.code === code)).length;
  const after = session.enrolled + good.length;
  return {
    action: paths.rosterCommitment(rosterImport.id),
    size: exchange.t('rosters.rowsOfTotal', { after, capacity: session.capacity }),
    over:
      after <= session.capacity
        ? ''
        : exchange.t('rosters.rowsOver', {
            after,
            capacity: session.capacity,
            over: after - session.capacity,
          }),
    reasons: warningCodes(good).map((code) => {
      const warning = exchange.t(code.replace('rosters.', 'rosters.warning.'), { count: count(code) });
      return {
        name: `reason:${code}`,
        label: exchange.t('rosters.reasonFor', { warning }),
        value: typed(`reason:${code}`),
      };
    }),
    bad: bad === 0 ? '' : exchange.t('rosters.withoutBad', { count: bad }),
    badTicked: typed('withoutBadRows') === 'yes',
    leaveOut: typed('leaveOut'),
    button: exchange.t('rosters.import', { count: good.length }),
    again: paths.newRoster(session.id),
  };
}
