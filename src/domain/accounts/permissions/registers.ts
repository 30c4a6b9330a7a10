import { bureau, by, type Grants } from './grant.ts';

export const registerPermissions = {
  'organisation.list': by(...bureau, 'townshipDesk'),
  'organisation.view': by(
    ...bureau,
    'townshipDesk',
    'centreStaff',
    'centreApprover',
    'evaluatorStaff',
    'evaluatorApprover',
    'enterpriseStaff',
  ),
  'organisation.edit': by(...bureau),
  'apprenticeship.own': by('enterpriseStaff'),
  'apprenticeship.list': by(...bureau, 'townshipDesk', 'enterpriseStaff'),
  'apprenticeship.view': by(...bureau, 'townshipDesk', 'enterpriseStaff'),
  'apprenticeship.edit': by(...bureau, 'enterpriseStaff'),
  'apprenticeship.decide': by(...bureau),
  'studio.list': by(...bureau, 'townshipDesk'),
  'studio.recognise': by(...bureau),
  'trainingPlatform.list': by(...bureau, 'townshipDesk'),
  'trainingPlatform.recognise': by(...bureau),
} as const satisfies Grants;
