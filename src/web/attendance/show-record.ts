// The attendance record of a session: what each trainee has, how far that is short, and every mark.
import type { Deps } from '../../deps.ts';
import { requiredHours } from '../../domain/certifications/eligibility.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { isOnRollOn } from '../../domain/training/attendance.ts';
import { sumLessons } from '../../domain/training/lesson.ts';
import { formatCount } from '../formatting/format-count.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';
import { sessionTrail } from '../rosters/show-roster.ts';
import { loadSession, type SessionRecords } from '../training/load-session.ts';
import { percent } from './present-grid.ts';

export async function showRecord(deps: Deps, exchange: Exchange): Promise<void> {
  const { t, actor } = exchange;
  const records = await loadSession(deps, actor.scope, exchange.params['id']!);
  const attendances = await deps.attendances.ofSession(actor.scope, exchange.params['id']!);
  const { session, lessons } = records;
  const share = settingOn(deps.reference, 'requiredHoursShare', session.startsOn);
  const required = requiredHours(session.theoryHours + session.practiceHours, share);
  const sum = sumLessons(lessons);
  exchange.page(
    'attendance/record',
    t('attendance.recordOf', { session: session.name }),
    {
      title: t('attendance.record'),
      lead: t('attendance.recordLead', {
        marked: sum.heldLessons,
        lessons: sum.lessons,
        required,
        share: `${formatCount(share * 100)}%`,
      }),
      caption: t('attendance.recordOf', { session: session.name }),
      links: [
        { href: paths.sessionLessons(session.id), text: t('attendance.toLessons') },
        ...(sum.lessons === 0
          ? []
          : [{ href: paths.sessionSignInSheet(session.id), text: t('attendance.gridSheet') }]),
      ],
      rates: presentRates(exchange, records, required),
      grid: presentMarks(exchange, records, attendances),
    },
    { breadcrumb: sessionTrail(exchange, session) },
  );
}

function presentRates(exchange: Exchange, { enrolments, rates }: SessionRecords, required: number) {
  const { t } = exchange;
  const keys = ['credited', 'theory', 'practice', 'online', 'held', 'all', 'best', 'short'] as const;
  return {
    columns: [
      { label: t('shared.attendance.name') },
      ...keys.map((key) => ({ label: t(`attendance.column.${key}`), numeric: key !== 'short' })),
    ],
    rows: enrolments.map((one) => {
      const own = rates.get(one.id)!;
      const short = Math.max(0, required - own.credited);
      const reachable = own.possible >= required;
      return {
        cells: [
          exchange.may('enrolment.view') ? { text: one.name, href: paths.enrolment(one.id) } : one.name,
          own.credited,
          one.hours.theory,
          one.hours.practice,
          one.hours.online,
          percent(own.held),
          percent(own.all),
          percent(own.best),
          short === 0
            ? { text: t('attendance.met') }
            : {
                text: t(reachable ? 'attendance.short' : 'attendance.unreachable', { hours: short }),
                ...(reachable ? {} : { tag: 'behind' }),
              },
        ],
      };
    }),
  };
}

function presentMarks(
  exchange: Exchange,
  { enrolments, lessons }: SessionRecords,
  attendances: readonly { id: string; marks: readonly { enrolmentId: string; status: string }[] }[],
) {
  const { t } = exchange;
  const live = lessons.filter((one) => one.status !== 'cancelled');
  const marks = new Map(
    attendances.map((one) => [one.id, new Map(one.marks.map((mark) => [mark.enrolmentId, mark.status]))]),
  );
  return {
    columns: [
      { label: t('shared.attendance.name') },
      ...live.map((one) => ({ label: `${one.day.slice(5)} ${one.startsAt}` })),
    ],
    rows: enrolments.map((one) => ({
      cells: [
        one.name,
        ...live.map((lesson) =>
          isOnRollOn(one, lesson.day)
            ? t(`shared.attendance.short.${marks.get(lesson.id)?.get(one.id) ?? 'unmarked'}`)
            : '',
        ),
      ],
    })),
  };
}
