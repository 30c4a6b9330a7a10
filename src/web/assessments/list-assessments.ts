// The list of assessments in the viewer's scope.
import type { Deps } from '../../deps.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { paginate } from '../kernel/paging.ts';
import { paths } from '../paths.ts';
import { levelName, occupationName } from '../presenting/names.ts';

export async function listAssessments(deps: Deps, exchange: Exchange): Promise<void> {
  const { scope } = exchange.actor;
  const total = await deps.assessments.count(scope, {});
  const { slice, model } = paginate(total, exchange.query.page, paths.assessments());
  const found = await deps.assessments.find(scope, {}, { sort: { heldOn: -1 }, page: slice });
  const names = await deps.organisations.namesOf(found.map((one) => one.evaluatorId ?? one.centreId ?? ''));
  exchange.page('assessments/list', exchange.t('assessments.title'), {
    title: exchange.t('assessments.title'),
    action:
      exchange.actor.scope.kind === 'evaluator' && exchange.may('assessment.open')
        ? { href: paths.newAssessment(), text: exchange.t('assessments.open') }
        : null,
    columns: ['number', 'purpose', 'occupation', 'level', 'heldOn', 'body', 'status'].map((key) => ({
      label: exchange.t(`assessments.column.${key}`),
    })),
    rows: found.map((one) => ({
      cells: [
        { text: one.number, href: paths.assessment(one.id) },
        exchange.t(`assessments.purpose.${one.purpose}`),
        occupationName(deps.reference, exchange.lang, one.occupationCode),
        levelName(exchange.lang, one.skillLevel),
        one.heldOn,
        names.get(one.evaluatorId ?? one.centreId ?? '') ?? '',
        { text: '', tag: one.status === 'open' ? 'inProgress' : one.status },
      ],
    })),
    page: model,
  });
}
