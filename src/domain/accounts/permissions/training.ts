import { bureau, centre, may, officer, type Grants } from './grant.ts';

export const trainingPermissions = {
  'trainingSession.list': may('see the list of training sessions', ...centre, ...bureau, 'townshipDesk'),
  'trainingSession.view': may('open a training session', ...centre, ...bureau, 'townshipDesk'),
  'trainingSession.create': may('draft a training session', ...centre),
  'trainingSession.edit': may('change a draft or returned training session', ...centre),
  'trainingSession.submit': may('submit a training session for filing', ...centre),
  'trainingSession.run': may('start, complete, close or cancel a training session', ...centre),
  'trainingSession.requestChange': may('ask for a change of a filed training session', ...centre),
  'trainingSession.decide': may(
    'file, return or refuse a training session or a change another person submitted',
    ...bureau,
  ),
  'trainingSession.recordPast': may('enter a training session of earlier days', ...centre, ...officer),
  'lesson.view': may('see lessons', ...centre, ...bureau, 'townshipDesk'),
  'lesson.plan': may('plan, change, cancel or reopen lessons', ...centre),
  'attendance.view': may('see attendance and print sign-in sheets', ...centre, ...bureau, 'townshipDesk'),
  'attendance.mark': may('mark attendance', ...centre),
  'filing.list': may('see what waits for a decision of the bureau', ...bureau),
} as const satisfies Grants;
