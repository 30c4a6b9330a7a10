import { bureau, by, type Grants } from './grant.ts';

export const figurePermissions = {
  'figure.view': by(...bureau, 'bureauReader', 'townshipDesk'),
  'figure.openRows': by(...bureau, 'townshipDesk'),
  'figure.export': by(...bureau, 'bureauReader', 'townshipDesk'),
} as const satisfies Grants;
