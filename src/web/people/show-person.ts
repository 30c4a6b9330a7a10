// One person as the viewer may see them: masked identity, courses, certificates, and what happened, newest first.
import type { Deps } from '../../deps.ts';
import { documentTypes } from '../../domain/people/document-type.ts';
import { educations } from '../../domain/people/education.ts';
import { genders } from '../../domain/people/gender.ts';
import { householdRegistrations } from '../../domain/people/household-registration.ts';
import { keyGroups } from '../../domain/people/key-group.ts';
import type { Person } from '../../domain/people/person.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { termOf, type Term } from '../../domain/shared/term.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paths } from '../paths.ts';
import { levelName, occupationName } from '../presenting/names.ts';
import { loadHistory } from '../trail/load-history.ts';
import { presentTimeline, type PersonRecords } from './present-timeline.ts';

export async function showPerson(deps: Deps, exchange: Exchange): Promise<void> {
  const { scope } = exchange.actor;
  const keptId = await deps.people.keptId(exchange.params.id!);
  const person = await deps.people.get(scope, keptId);
  if (keptId !== exchange.params.id)
    return exchange.redirect(paths.person(keptId), {
      tone: 'info',
      text: exchange.t('people.merge.ledHere', { learnerNumber: person.learnerNumber }),
    });
  const [enrolments, certificates, merges] = await Promise.all([
    deps.enrolments.ofPerson(scope, person.id),
    deps.certificates.find(scope, { personId: person.id }, { sort: { issuedOn: 1 } }),
    deps.personMerges.ofPerson(person.id),
  ]);
  const sessionIds = [...new Set(enrolments.map((one) => one.sessionId))];
  const sessions = new Map(
    (await deps.trainingSessions.find(scope, { _id: { $in: sessionIds } })).map((one) => [one.id, one]),
  );
  const centres = await deps.organisations.namesOf(enrolments.map((one) => one.centreId));
  // What was done to the person, and to those of their records that the viewer may see.
  const history = await loadHistory(deps, exchange, paths.person(person.id), [
    { kind: 'person', ids: [person.id] },
    { kind: 'enrolment', ids: enrolments.map((one) => one.id) },
    { kind: 'certificate', ids: certificates.map((one) => one.id) },
  ]);
  const records: PersonRecords = { person, enrolments, sessions, certificates, merges };
  const { t, lang } = exchange;
  exchange.page(
    'people/person',
    person.name,
    {
      name: person.name,
      lead: person.learnerNumber,
      correct: exchange.may('person.correct') ? paths.newPersonName(person.id) : null,
      reveal: exchange.may('person.reveal') ? paths.newReveal(person.id) : null,
      hold: exchange.may('hold.set') ? paths.newPersonHold(person.id) : null,
      record: exchange.may('person.exportRecord') ? paths.newPersonRecord(person.id) : null,
      facts: presentFacts(deps, exchange, person),
      courseColumns: [
        { label: t('people.session') },
        { label: t('people.centre') },
        { label: t('people.dates') },
        { label: t('people.hours'), numeric: true },
        { label: t('people.state') },
      ],
      courses: enrolments.map((one) => {
        const session = sessions.get(one.sessionId);
        return {
          cells: [
            { text: session?.name ?? '', href: paths.enrolment(one.id) },
            centres.get(one.centreId) ?? '',
            session === undefined
              ? ''
              : t('rosters.dates', { from: session.startsOn, until: session.endsOn }),
            one.hours.theory + one.hours.practice + one.hours.online,
            { tag: one.status },
          ],
        };
      }),
      certificateColumns: [
        { label: t('people.certificateNumber') },
        { label: t('people.occupation') },
        { label: t('people.issuedOn') },
      ],
      certificates: certificates.map((one) => ({
        cells: [
          { certificate: one.number },
          `${occupationName(deps.reference, lang, one.occupationCode)} ${one.skillLevel === null ? '' : levelName(lang, one.skillLevel)}`.trim(),
          one.issuedOn,
        ],
      })),
      timeline: presentTimeline(exchange, records),
      history,
    },
    { breadcrumb: [{ href: paths.people(), text: t('people.listTitle') }] },
  );
}

/** The identity without the birth day: together with the masked number it would give the whole number away. */
function presentFacts(deps: Deps, { t, lang }: Exchange, person: Person) {
  const masked = deps.people.masked(person);
  const word = (terms: readonly Term[], code: string | null) => termOf(terms, code)?.[lang] ?? '—';
  const groups = person.keyGroups.map(({ group, from }) =>
    t('people.keyGroupSince', { group: word(keyGroups, group), day: formatDay(lang, from) }),
  );
  return [
    { label: t('people.learnerNumber'), value: person.learnerNumber },
    { label: word(documentTypes, masked.documentType), value: masked.number },
    { label: t('people.gender'), value: word(genders, person.gender) },
    { label: t('people.mobile'), value: masked.mobile ?? '—' },
    { label: t('people.education'), value: word(educations, person.education) },
    { label: t('people.household'), value: word(householdRegistrations, person.householdRegistration) },
    { label: t('people.keyGroups'), value: groups.join(lang === 'zh' ? '、' : ', ') || '—' },
    { label: t('people.registeredOn'), value: formatDay(lang, dayOf(person.createdAt)) },
  ];
}
