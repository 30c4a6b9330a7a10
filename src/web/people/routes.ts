// People and enrolments.
import type { Deps } from '../../deps.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { searchForm, showPeople } from './list-people.ts';
import { reinstatementForm, withdrawalForm } from './move-enrolment.ts';
import { showEnrolment } from './show-enrolment.ts';
import { showPerson } from './show-person.ts';

export function peopleRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.people.pattern, 'person.list', (exchange) => showPeople(deps, exchange)),
    post(paths.personSearches.pattern, 'person.list', searchForm(deps)),
    get(paths.person.pattern, 'person.view', (exchange) => showPerson(deps, exchange)),
    get(paths.enrolment.pattern, 'enrolment.view', (exchange) => showEnrolment(deps, exchange)),
    post(paths.withdrawal.pattern, 'enrolment.withdraw', withdrawalForm(deps)),
    post(paths.reinstatement.pattern, 'enrolment.withdraw', reinstatementForm(deps)),
  ];
}
