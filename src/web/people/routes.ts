// People and enrolments.
import type { Deps } from '../../deps.ts';
import { freshForm } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { correctNameForm, showNameCorrection } from './correct-name.ts';
import { searchForm, showPeople } from './list-people.ts';
import { reinstatementForm, withdrawalForm } from './move-enrolment.ts';
import { showEnrolment } from './show-enrolment.ts';
import { showPerson } from './show-person.ts';

export function peopleRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.people.pattern, 'person.list', (exchange) => showPeople(deps, exchange)),
    post(paths.personSearches.pattern, 'person.list', searchForm(deps)),
    get(paths.person.pattern, 'person.view', (exchange) => showPerson(deps, exchange)),
    get(paths.newPersonName.pattern, 'person.correct', (exchange) =>
      showNameCorrection(deps, exchange, freshForm()),
    ),
    post(paths.personName.pattern, 'person.correct', correctNameForm(deps)),
    get(paths.enrolment.pattern, 'enrolment.view', (exchange) => showEnrolment(deps, exchange)),
    post(paths.withdrawal.pattern, 'enrolment.withdraw', withdrawalForm(deps)),
    post(paths.reinstatement.pattern, 'enrolment.withdraw', reinstatementForm(deps)),
  ];
}
