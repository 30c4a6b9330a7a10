import { bureau, centre, evaluator, may, officer, type Grants } from './grant.ts';

export const registerPermissions = {
  'organisation.list': may('see the register of organisations', ...bureau, 'townshipDesk'),
  'organisation.view': may(
    'open an organisation with its filings',
    ...bureau,
    'townshipDesk',
    ...centre,
    ...evaluator,
    'enterpriseStaff',
  ),
  'organisation.edit': may('register an organisation or add a filing', ...officer),
  'apprenticeship.own': may('find the own apprenticeships in the navigation', 'enterpriseStaff'),
  'apprenticeship.list': may('see apprenticeship programmes', ...bureau, 'townshipDesk', 'enterpriseStaff'),
  'apprenticeship.view': may(
    'open an apprenticeship programme with its apprentices',
    ...bureau,
    'townshipDesk',
    'enterpriseStaff',
  ),
  'apprenticeship.edit': may(
    'draft and submit an apprenticeship programme, or enter it from paper',
    ...officer,
    'enterpriseStaff',
  ),
  'apprenticeship.decide': may('file or return a programme another person submitted', ...bureau),
  'apprenticeship.withdraw': may(
    'withdraw a filed apprenticeship programme that others drafted, submitted and filed',
    ...officer,
  ),
  'studio.list': may('see studios', ...bureau, 'townshipDesk'),
  'studio.recognise': may('recognise, renew or upgrade a studio', ...officer),
  'trainingPlatform.list': may('see training platforms', ...bureau, 'townshipDesk'),
  'trainingPlatform.recognise': may('recognise a training platform', ...officer),
  'recognition.annul': may('annul a recognition of a studio or training platform', ...officer),
} as const satisfies Grants;
