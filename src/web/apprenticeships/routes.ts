// Apprenticeship programmes: drafted by the enterprise with its apprentices, filed or returned by the bureau.
import type { Deps } from '../../deps.ts';
import { freshForm } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { addApprenticesForm, changeApprenticeForm } from './apprentices.ts';
import { decideForm, returnForm } from './decide.ts';
import { draftForm, editForm, showEdit, showNew } from './draft.ts';
import { listProgrammes } from './list.ts';
import { showProgramme } from './show.ts';
import { showWithdrawal, withdrawForm } from './withdraw.ts';
import {
  fileProgramme,
  startProgramme,
  submitProgramme,
} from '../../use-cases/apprenticeships/move-programme.ts';

export function apprenticeshipRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.apprenticeships.pattern, 'apprenticeship.list', (exchange) => listProgrammes(deps, exchange)),
    get(paths.newApprenticeship.pattern, 'apprenticeship.edit', (exchange) =>
      showNew(deps, exchange, freshForm()),
    ),
    post(paths.apprenticeships.pattern, 'apprenticeship.edit', draftForm(deps)),
    get(paths.apprenticeship.pattern, 'apprenticeship.view', (exchange) =>
      showProgramme(deps, exchange, freshForm()),
    ),
    get(paths.editApprenticeship.pattern, 'apprenticeship.edit', (exchange) =>
      showEdit(deps, exchange, null),
    ),
    post(paths.editApprenticeship.pattern, 'apprenticeship.edit', editForm(deps)),
    post(paths.apprenticeshipApprentices.pattern, 'apprenticeship.edit', addApprenticesForm(deps)),
    post(
      paths.apprenticeshipSubmission.pattern,
      'apprenticeship.edit',
      decideForm(deps, submitProgramme, 'apprenticeships.submitted'),
    ),
    post(
      paths.apprenticeshipFiling.pattern,
      'apprenticeship.decide',
      decideForm(deps, fileProgramme, 'apprenticeships.filed'),
    ),
    post(paths.apprenticeshipReturn.pattern, 'apprenticeship.decide', returnForm(deps)),
    post(
      paths.apprenticeshipStart.pattern,
      'apprenticeship.edit',
      decideForm(deps, startProgramme, 'apprenticeships.started'),
    ),
    get(paths.newApprenticeshipWithdrawal.pattern, 'apprenticeship.withdraw', (exchange) =>
      showWithdrawal(deps, exchange, freshForm()),
    ),
    post(paths.apprenticeshipWithdrawal.pattern, 'apprenticeship.withdraw', withdrawForm(deps)),
    post(paths.apprenticeChange.pattern, 'apprenticeship.edit', changeApprenticeForm(deps)),
  ];
}
