import { bureau, by, centre, type Grants } from './grant.ts';

export const trainingPermissions = {
  'trainingSession.list': by(...centre, ...bureau, 'townshipDesk'),
  'trainingSession.view': by(...centre, ...bureau, 'townshipDesk'),
  'trainingSession.create': by('centreStaff', 'centreApprover'),
  'trainingSession.edit': by('centreStaff', 'centreApprover'),
  'trainingSession.submit': by('centreStaff', 'centreApprover'),
  'trainingSession.run': by('centreStaff', 'centreApprover'),
  'trainingSession.requestChange': by('centreStaff', 'centreApprover'),
  'trainingSession.decide': by(...bureau),
  'trainingSession.recordPast': by(...centre, ...bureau),
  'lesson.view': by(...centre, ...bureau, 'townshipDesk'),
  'lesson.plan': by(...centre),
  'attendance.view': by(...centre, ...bureau, 'townshipDesk'),
  'attendance.mark': by(...centre),
  'filing.list': by(...bureau),
} as const satisfies Grants;
