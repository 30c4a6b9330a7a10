// The page of one training session: where it stands, what is next, its figures, facts, changes and history.
import type { Deps } from '../../deps.ts';
import { settingOn } from '../../domain/reference/reference.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { keepsNoLessons } from '../../domain/training/lesson-rules.ts';
import { sumLessons } from '../../domain/training/lesson.ts';
import { stepsFor } from '../../domain/training/session-steps.ts';
import { isEditable, type TrainingSession } from '../../domain/training/training-session.ts';
import type { Link } from '../frame.ts';
import { formatCount } from '../formatting/format-count.ts';
import { formatDay, formatDayRange } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';
import type { SessionRecords } from './load-session.ts';
import { presentChanges } from './present-changes.ts';
import { presentFact } from './present-fact.ts';
import { presentSteps } from './present-steps.ts';
import { presentTasks } from './present-tasks.ts';

/** The model of views/training/show.hbs. */
export function presentSession(
  deps: Deps,
  exchange: Exchange,
  records: SessionRecords,
  files: ReadonlyMap<string, Link>,
) {
  const { session, lessons } = records;
  const { lang } = exchange;
  const today = dayOf(exchange.now);
  const unmarked = lessons.find((one) => one.status === 'planned' && one.day <= today);
  const marking = exchange.may('attendance.mark') && session.status === 'in_progress' && unmarked;
  const steps = presentSteps(exchange, session, stepsFor(exchange.actor, session));
  return {
    session: { name: session.name, number: session.number, status: session.status, version: session.version },
    lead: exchange.t('training.lead', {
      dates: formatDayRange(lang, session.startsOn, session.endsOn),
      centre: records.centreName,
    }),
    action: marking
      ? { href: paths.lessonAttendance(unmarked.id), text: exchange.t('training.markToday') }
      : null,
    notices: presentNotices(exchange, session),
    steps,
    openAssessment: mayOpenAssessment(exchange, records) ? paths.sessionAssessment(session.id) : null,
    hasSteps: steps.length > 0,
    links: presentLinks(exchange, session),
    tasks: presentTasks(exchange, records),
    figures: presentFigures(deps, exchange, records),
    facts: presentFacts(deps, exchange, records),
    changes: presentChanges(deps, exchange, records, files),
  };
}

/** The centre opens its own assessment once the session runs; afterwards the stage links to it. */
function mayOpenAssessment(exchange: Exchange, { session, assessment }: SessionRecords): boolean {
  const open = ['in_progress', 'completed', 'assessed'].includes(session.status);
  const own = exchange.actor.scope.kind === 'centre' && exchange.may('assessment.open');
  return open && own && assessment === null && !session.recordedFromPaper;
}

function presentNotices(exchange: Exchange, session: TrainingSession) {
  const reason = session.statusChanges.at(-1)?.reason ?? '';
  const notice = (tone: string, key: string, link: { href: string; text: string } | null = null) => [
    { tone, text: exchange.t(key, key.endsWith('Because') ? { reason } : {}), link },
  ];
  if (session.status === 'returned' && reason !== '') return notice('warn', 'training.returnedBecause');
  if (session.status === 'rejected' && reason !== '') return notice('bad', 'training.rejectedBecause');
  if (session.status === 'cancelled' && reason !== '') return notice('info', 'training.cancelledBecause');
  if (session.status === 'submitted' && !exchange.may('trainingSession.decide'))
    return notice('info', 'training.waitsForBureau');
  return [];
}

function presentLinks(exchange: Exchange, session: TrainingSession) {
  const links: { href: string; text: string }[] = [];
  if (isEditable(session) && exchange.may('trainingSession.edit'))
    links.push({ href: paths.editTrainingSession(session.id), text: exchange.t('training.edit') });
  if (session.status === 'submitted' && exchange.may('trainingSession.decide'))
    links.push({ href: paths.filing(session.id), text: exchange.t('training.decideHere') });
  const changeable = session.status === 'approved' || session.status === 'in_progress';
  if (changeable && exchange.may('trainingSession.requestChange'))
    links.push({ href: paths.newSessionChange(session.id), text: exchange.t('training.requestChange') });
  if (exchange.may('hold.set'))
    links.push({ href: paths.newSessionHold(session.id), text: exchange.t('retention.hold') });
  return links;
}

function presentFigures(deps: Deps, exchange: Exchange, { session, lessons, rates }: SessionRecords) {
  const sum = sumLessons(lessons);
  const all = [...rates.values()];
  const due = all.reduce((total, one) => total + one.heldHours, 0);
  const credited = all.reduce((total, one) => total + one.credited, 0);
  const share = settingOn(deps.reference, 'requiredHoursShare', session.startsOn);
  const below = all.filter((one) => one.held !== null && one.held < share).length;
  const percent = `${formatCount(share * 100)}%`;
  return {
    enrolled: session.enrolled,
    rosterHref: paths.roster(session.id),
    lessons: keepsNoLessons(session)
      ? null
      : {
          held: sum.held,
          href: paths.sessionLessons(session.id),
          companion: exchange.t('training.figure.heldCompanion', {
            planned: session.theoryHours + session.practiceHours,
          }),
          rate: due === 0 ? null : Math.round((credited / due) * 1000) / 10,
          rateHref: paths.sessionAttendance(session.id),
          below: exchange.t('training.figure.below', { share: percent, count: below }),
        },
  };
}

/** The facts of a session as label and value. */
export function presentFacts(
  deps: Deps,
  exchange: Exchange,
  { session, centreName, names, lessons }: SessionRecords,
) {
  const fact = (field: Parameters<typeof presentFact>[2]) => ({
    label: exchange.t(`training.field.${field}`),
    value: presentFact(deps.reference, exchange, field, session[field], names),
  });
  const firstHeld = session.firstHeld.at(-1)?.day ?? null;
  return [
    { label: exchange.t('training.column.number'), value: session.number },
    { label: exchange.t('training.column.centre'), value: centreName },
    fact('kind'),
    ...(session.occupationCode === null
      ? [fact('project')]
      : [fact('occupationCode'), fact('trade'), fact('skillLevel')]),
    {
      label: exchange.t('training.fact.days'),
      value: formatDayRange(exchange.lang, session.startsOn, session.endsOn),
    },
    {
      label: exchange.t('training.fact.plannedHours'),
      value: exchange.t('training.fact.hours', {
        theory: session.theoryHours,
        practice: session.practiceHours,
      }),
    },
    fact('capacity'),
    fact('venue'),
    fact('areaCode'),
    fact('fundingSource'),
    fact('evaluatorId'),
    ...(lessons.length === 0
      ? []
      : [
          {
            label: exchange.t('training.fact.firstHeld'),
            value: firstHeld === null ? '—' : formatDay(exchange.lang, firstHeld),
          },
        ]),
    ...(session.recordedFromPaper
      ? [{ label: exchange.t('training.section.paper'), value: exchange.t('training.fact.paper') }]
      : []),
  ];
}
