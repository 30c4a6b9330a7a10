import { bureau, may, type Grants } from './grant.ts';

export const figurePermissions = {
  'figure.view': may("see a year's figures", ...bureau, 'bureauReader', 'townshipDesk'),
  'figure.headlines': may(
    "see the latest year's headlines on the home page, where no work of one's own stands",
    'bureauReader',
    'townshipDesk',
  ),
  'figure.openRows': may('open the rows behind a figure', ...bureau, 'townshipDesk'),
  'figure.export': may("take a year's figures as a file", ...bureau, 'bureauReader', 'townshipDesk'),
} as const satisfies Grants;
