import { bureau, by, type Grants } from './grant.ts';

export const figurePermissions = {
  'figure.view': by(...bureau, 'bureauReader', 'townshipDesk'),
  /** The latest year's headlines on the home page, where no work of one's own stands. */
  'figure.headlines': by('bureauReader', 'townshipDesk'),
  'figure.openRows': by(...bureau, 'townshipDesk'),
  'figure.export': by(...bureau, 'bureauReader', 'townshipDesk'),
} as const satisfies Grants;
