import { bureau, by, centre, type Grants } from './grant.ts';

export const peoplePermissions = {
  'person.list': by(...centre, ...bureau),
  'person.view': by(...centre, ...bureau),
  'person.correct': by(...bureau),
  'roster.view': by(...centre, ...bureau, 'townshipDesk'),
  'roster.import': by(...centre),
  'roster.log': by(...centre, ...bureau),
  'enrolment.view': by(...centre, ...bureau),
  'enrolment.withdraw': by(...centre),
} as const satisfies Grants;
