// One programme: its facts, its apprentices, and what the viewer may do next.
import type { Deps } from '../../deps.ts';
import { isSecondPerson } from '../../domain/accounts/second-person.ts';
import {
  handsOnProgramme,
  isProgrammeEditable,
  isWithdrawable,
} from '../../domain/apprenticeships/programme.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { formOptions, type FormState } from '../kernel/form.ts';
import { paths } from '../paths.ts';
import { areaName, levelName, occupationName } from '../presenting/names.ts';
import { loadHistory } from '../trail/load-history.ts';
import { tagOf } from './list.ts';

export async function showProgramme(deps: Deps, exchange: Exchange, state: FormState): Promise<void> {
  const { actor, t, lang } = exchange;
  const programme = await deps.programmes.get(actor.scope, exchange.params.id!);
  const [apprentices, names] = await Promise.all([
    deps.apprentices.find(
      actor.scope,
      { programmeId: programme.id, status: { $ne: 'undone' } },
      { sort: { nameSortKey: 1 } },
    ),
    deps.organisations.namesOf([programme.enterpriseId]),
  ]);
  const history = await loadHistory(
    deps,
    exchange,
    paths.apprenticeship(programme.id),
    [
      { kind: 'programme', ids: [programme.id] },
      { kind: 'apprentice', ids: apprentices.map((one) => one.id) },
    ],
    new Map(apprentices.map((one) => [one.id, one.name])),
  );
  const mayEdit =
    exchange.may('apprenticeship.edit') &&
    isProgrammeEditable(programme) &&
    (actor.scope.kind === 'enterprise' || programme.enteredByBureau);
  const mayDecide =
    programme.status === 'submitted' &&
    exchange.may('apprenticeship.decide') &&
    isSecondPerson(actor, handsOnProgramme(programme));
  const mayWithdraw =
    isWithdrawable(programme) &&
    exchange.may('apprenticeship.withdraw') &&
    isSecondPerson(actor, handsOnProgramme(programme));
  const fact = (key: string, value: string) => ({
    label: t(`apprenticeships.field.${key}`),
    value,
    href: null,
    tag: null,
    certificate: null,
    note: null,
  });
  const last = programme.statusChanges.at(-1)!;
  exchange.page(
    'apprenticeships/show',
    programme.number,
    {
      title: t('apprenticeships.one', { number: programme.number }),
      tag: tagOf(programme.status),
      lead: names.get(programme.enterpriseId) ?? '',
      returnedBecause: programme.status === 'returned' ? (last.reason ?? '') : null,
      withdrawnBecause: programme.status === 'withdrawn' ? (last.reason ?? '') : null,
      facts: [
        fact('schoolName', programme.schoolName),
        fact('occupationCode', occupationName(deps.reference, lang, programme.occupationCode)),
        fact('targetLevel', levelName(lang, programme.targetLevel)),
        fact('startsOn', formatDay(lang, programme.startsOn)),
        fact('term', t('apprenticeships.months', { count: programme.termMonths })),
        fact('plannedCount', t('apprenticeships.people', { count: programme.plannedCount })),
        fact('classHoursPerYear', t('apprenticeships.hours', { count: programme.classHoursPerYear })),
        fact('area', areaName(deps.reference, lang, programme.areaCode)),
        ...(programme.filedOn === null ? [] : [fact('filedOn', formatDay(lang, programme.filedOn))]),
      ],
      edit: mayEdit ? paths.editApprenticeship(programme.id) : null,
      submit:
        mayEdit && apprentices.length > 0
          ? {
              action: paths.apprenticeshipSubmission(programme.id),
              text: t('apprenticeships.submit', { count: apprentices.length }),
            }
          : null,
      file: mayDecide
        ? { action: paths.apprenticeshipFiling(programme.id), text: t('apprenticeships.file') }
        : null,
      sendBack: mayDecide ? paths.apprenticeshipReturn(programme.id) : null,
      start:
        programme.status === 'filed' && exchange.may('apprenticeship.edit')
          ? { action: paths.apprenticeshipStart(programme.id), text: t('apprenticeships.start') }
          : null,
      withdraw: mayWithdraw ? paths.newApprenticeshipWithdrawal(programme.id) : null,
      add: mayEdit ? paths.apprenticeshipApprentices(programme.id) : null,
      values: { list: '', reason: '', ...state.values },
      columns: ['name', 'enrolledOn', 'mentors', 'state'].map((key) => ({
        label: t(`apprenticeships.apprentice.${key}`),
      })),
      rows: apprentices.map((one) => ({
        cells: [
          one.name,
          one.enrolledOn,
          [one.enterpriseMentor, one.schoolMentor].filter(Boolean).join(' / '),
          { text: '', tag: one.status === 'active' ? 'inTraining' : one.status },
        ],
      })),
      apprenticesTitle: t('apprenticeships.apprentices', { count: apprentices.length }),
      history,
    },
    {
      ...formOptions(state),
      breadcrumb: [{ href: paths.apprenticeships(), text: t('apprenticeships.title') }],
    },
  );
}
