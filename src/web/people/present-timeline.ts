// What happened to a person, newest first: joined, left, completed, certified.
import type { Certificate } from '../../domain/certifications/certificate.ts';
import type { PersonMerge } from '../../domain/people/person-merge.ts';
import type { Person } from '../../domain/people/person.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import { maskText } from '../../domain/trail/mask-text.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';

export interface PersonRecords {
  readonly person: Person;
  readonly enrolments: readonly Enrolment[];
  readonly sessions: ReadonlyMap<string, TrainingSession>;
  readonly certificates: readonly Certificate[];
  readonly merges: readonly PersonMerge[];
}

/** A merge as the page of one of its two persons tells it, and its reversal. */
function mergeEvents(
  { t, may }: Pick<Exchange, 't' | 'may'>,
  person: Person,
  merges: readonly PersonMerge[],
) {
  return merges.flatMap((merge) => {
    const side = merge.keptId === person.id ? 'merged' : 'mergedInto';
    const learnerNumber = side === 'merged' ? merge.mergedLearnerNumber : merge.keptLearnerNumber;
    const href = may('person.merge') ? paths.personMerge(merge.id) : '';
    const entry = (at: Date, key: string, note: string) => ({
      day: dayOf(at),
      what: t(`people.event.${key}`, { learnerNumber }),
      href,
      note: maskText(note),
    });
    const done = entry(merge.at, side, merge.reason);
    return merge.undoneAt === null
      ? [done]
      : [done, entry(merge.undoneAt, 'mergeUndone', merge.undoneReason ?? '')];
  });
}

export interface TimelineEvent {
  readonly when: string;
  readonly what: string;
  readonly who: string;
  readonly note: string;
  readonly href: string;
}

/** Events for the timeline partial; days as the viewer's language writes them. */
export function presentTimeline(
  { t, lang, may }: Pick<Exchange, 't' | 'lang' | 'may'>,
  { person, enrolments, sessions, certificates, merges }: PersonRecords,
): TimelineEvent[] {
  const events: { day: string; order: number; what: string; note: string; href: string }[] = [];
  const add = (day: string, what: string, href = '', note = '') =>
    events.push({ day, order: events.length, what, note, href });
  add(dayOf(person.createdAt), t('people.event.registered'));
  for (const enrolment of enrolments) {
    const session = sessions.get(enrolment.sessionId)?.name ?? '';
    let back = false;
    for (const change of enrolment.statusChanges) {
      if (change.to === 'undone') continue;
      const key = change.to === 'enrolled' && back ? 'reinstated' : change.to;
      const note =
        change.to === 'withdrawn' ? t(`people.reason.${enrolment.withdrawnReason ?? 'other'}`) : '';
      add(
        change.on ?? dayOf(change.at),
        t(`people.event.${key}`, { session }),
        paths.enrolment(enrolment.id),
        note,
      );
      back = true;
    }
  }
  for (const certificate of certificates)
    add(certificate.issuedOn, t('people.event.certified', { title: certificate.occupationName }));
  for (const { day, what, href, note } of mergeEvents({ t, may }, person, merges)) add(day, what, href, note);
  return events
    .sort((a, b) => (a.day === b.day ? b.order - a.order : a.day < b.day ? 1 : -1))
    .map(({ day, what, note, href }) => ({ when: formatDay(lang, day), what, who: '', note, href }));
}
