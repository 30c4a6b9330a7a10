// One enrolment: the facts copied when the person joined, hours, and leaving or coming back.
import type { Deps } from '../../deps.ts';
import { educations } from '../../domain/people/education.ts';
import { genders } from '../../domain/people/gender.ts';
import { householdRegistrations } from '../../domain/people/household-registration.ts';
import { keyGroups } from '../../domain/people/key-group.ts';
import { Conflict } from '../../domain/shared/errors.ts';
import { termOf, type Term } from '../../domain/shared/term.ts';
import { withdrawalReasons } from '../../domain/training/enrol-rules.ts';
import type { Enrolment } from '../../domain/training/enrolment.ts';
import type { TrainingSession } from '../../domain/training/training-session.ts';
import { formatDay } from '../formatting/format-day.ts';
import { shanghaiDay } from '../formatting/format-instant.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, freshForm, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { areaName } from '../presenting/names.ts';
import { sessionTrail } from '../rosters/show-roster.ts';

export async function showEnrolment(
  deps: Deps,
  exchange: Exchange,
  state: FormState = freshForm(),
): Promise<void> {
  const { scope } = exchange.actor;
  const { t } = exchange;
  const enrolment = await deps.enrolments.get(scope, exchange.params.id!);
  const session = await deps.trainingSessions.get(scope, enrolment.sessionId);
  const identity = (await deps.people.maskedOf(scope, [enrolment.personId])).get(enrolment.personId);
  const open =
    exchange.may('enrolment.withdraw') && !['closed', 'cancelled', 'rejected'].includes(session.status);
  exchange.page(
    'people/enrolment',
    t('people.enrolmentTitle', { name: enrolment.name, session: session.name }),
    {
      name: enrolment.name,
      status: enrolment.status,
      lead: session.name,
      facts: presentFacts(deps, exchange, enrolment, session, identity?.number ?? '—'),
      hours: presentHours(exchange, enrolment),
      warnings: enrolment.acceptedWarnings.map(({ code, reason }) => ({
        label: t(`${code.replace('rosters.', 'people.warning.')}`),
        value: reason,
      })),
      stale: presentStale(exchange, enrolment, state),
      person: exchange.may('person.view') && identity ? paths.person(enrolment.personId) : '',
      withdrawal:
        open && enrolment.status === 'enrolled' ? presentWithdrawal(exchange, enrolment, state) : null,
      reinstatement:
        open && enrolment.status === 'withdrawn'
          ? {
              action: paths.reinstatement(enrolment.id),
              version: enrolment.version,
              reason: valueOf(state, 'reason'),
            }
          : null,
    },
    {
      ...formOptions(state),
      breadcrumb: [
        ...sessionTrail(exchange, session),
        { href: paths.roster(session.id), text: t('rosters.roster') },
      ],
    },
  );
}

function presentFacts(
  deps: Deps,
  { t, lang }: Exchange,
  enrolment: Enrolment,
  session: TrainingSession,
  number: string,
) {
  const word = (terms: readonly Term[], code: string | null) => termOf(terms, code)?.[lang] ?? '—';
  const groups = enrolment.keyGroups.map((group) => word(keyGroups, group));
  return [
    { label: t('people.session'), value: session.name, href: `/training-sessions/${session.id}` },
    { label: t('people.document'), value: number },
    { label: t('people.gender'), value: word(genders, enrolment.gender) },
    { label: t('people.education'), value: word(educations, enrolment.education) },
    { label: t('people.household'), value: word(householdRegistrations, enrolment.householdRegistration) },
    { label: t('people.keyGroups'), value: groups.join(lang === 'zh' ? '、' : ', ') || '—' },
    { label: t('people.employer'), value: enrolment.employer ?? '—' },
    { label: t('people.area'), value: areaName(deps.reference, lang, enrolment.areaCode) },
    { label: t('people.joinedOn'), value: formatDay(lang, enrolment.joinedOn) },
    ...(enrolment.withdrawnOn === null
      ? []
      : [
          {
            label: t('people.withdrawnOn'),
            value: formatDay(lang, enrolment.withdrawnOn),
            note: t(`people.reason.${enrolment.withdrawnReason ?? 'other'}`),
          },
        ]),
  ];
}

function presentHours({ t }: Exchange, { hours }: Enrolment) {
  return (['theory', 'practice', 'online'] as const).map((kind) => ({
    label: t(`people.${kind}`),
    value: `${hours[kind]}`,
  }));
}

function presentWithdrawal(exchange: Exchange, enrolment: Enrolment, state: FormState) {
  return {
    action: paths.withdrawal(enrolment.id),
    version: enrolment.version,
    on: valueOf(state, 'on') || shanghaiDay(exchange.now),
    reason: valueOf(state, 'reason'),
    note: valueOf(state, 'note'),
    reasons: withdrawalReasons.map((reason) => ({
      value: reason,
      text: exchange.t(`people.reason.${reason}`),
    })),
    button: exchange.t('people.withdrawButton', { name: enrolment.name }),
  };
}

/** What somebody else made of the enrolment meanwhile, beside what was typed (409); null on a fresh page. */
function presentStale({ t, lang }: Exchange, enrolment: Enrolment, state: FormState) {
  if (!(state.cause instanceof Conflict)) return null;
  const last = enrolment.statusChanges.at(-1)!;
  const typed = [valueOf(state, 'on'), valueOf(state, 'reason'), valueOf(state, 'note')].filter(Boolean);
  return {
    now: t('people.staleState', {
      state: t(`rosters.status.${enrolment.status}`),
      day: formatDay(lang, last.on ?? shanghaiDay(last.at)),
    }),
    yours: t('people.staleYours', { typed: typed.join(lang === 'zh' ? '，' : ', ') }),
  };
}

function valueOf(state: FormState, name: string): string {
  const value = state.values[name];
  return typeof value === 'string' ? value : '';
}
