// A naive recount of every figure of 2021 and what stands beside it.
import type { FigureCount } from '../../../../src/domain/headcounts/index.ts';
import {
  countedCertificates,
  countedEnrolments,
  filedProgrammes,
  firstApprenticeDays,
} from './counted-records.ts';
import { equal, text, type Collections, type Finding, type Raw } from './raw-year.ts';

export type Figures = ReadonlyMap<string, FigureCount>;

export function valueOf(figures: Figures, code: string): number {
  return figures.get(code)?.value ?? Number.NaN;
}

export function companionOf(figures: Figures, code: string, key: string): number {
  const figure = figures.get(code);
  const found = figure?.recorded ? figure.companions.find((one) => one.key === key) : undefined;
  return found?.value ?? Number.NaN;
}

/** Each figure and companion beside the count of its raw records. */
export function recount(raw: Collections, figures: Figures): Finding[] {
  const enrolments = countedEnrolments(raw);
  const absent = enrolments.filter((one) => one['status'] === 'absent').length;
  const workTraining = countedEnrolments(raw, 'workTraining');
  const certificates = countedCertificates(raw);
  const persons = (records: readonly Raw[]) => new Set(records.map((one) => text(one['personId']))).size;
  const earlier = new Set(
    raw.certificates
      .filter(
        (one) =>
          ['national_qualification', 'skill_level'].includes(text(one['kind'])) &&
          one['status'] === 'valid' &&
          Number(one['rank'] ?? 0) >= 4 &&
          text(one['issuedOn']) < '2021-01-01',
      )
      .map((one) => text(one['personId'])),
  );
  const high = certificates.filter((one) => Number(one['rank'] ?? 0) >= 4);
  const filed = filedProgrammes(raw);
  const filers = (matches: (day: string) => boolean) =>
    new Set(filed.filter(({ day }) => matches(day)).map(({ programme }) => text(programme['enterpriseId'])));
  const ofYear = filers((day) => day.startsWith('2021-'));
  const filedEarlier = filers((day) => day < '2021-01-01');
  const apprentices = [...firstApprenticeDays(raw).values()].filter((day) => day.startsWith('2021-'));
  const recognised = (kind: string, tier: string) =>
    raw.recognitions.filter(
      (one) =>
        one['kind'] === kind &&
        one['tier'] === tier &&
        text(one['recognisedOn']).startsWith('2021-') &&
        !one['annulledAt'],
    ).length;
  return [
    equal('F13 recounted', valueOf(figures, 'F13'), enrolments.length),
    equal('persons recounted', companionOf(figures, 'F13', 'persons'), persons(enrolments)),
    equal('F14 recounted', valueOf(figures, 'F14'), persons(certificates)),
    equal('certificates recounted', companionOf(figures, 'F14', 'certificates'), certificates.length),
    equal('no-shows recounted', companionOf(figures, 'F13', 'noShows'), absent),
    equal('work training recounted', companionOf(figures, 'F13', 'workTraining'), workTraining.length),
    equal('F15 recounted', valueOf(figures, 'F15'), ofYear.size),
    equal(
      'first filers recounted',
      companionOf(figures, 'F15', 'firstFilers'),
      [...ofYear].filter((id) => !filedEarlier.has(id)).length,
    ),
    equal('F16 recounted', valueOf(figures, 'F16'), apprentices.length),
    equal('F17 recounted', valueOf(figures, 'F17'), recognised('rural_talent', 'provincial')),
    equal('F18 recounted', valueOf(figures, 'F18'), recognised('skill_master', 'district')),
    equal('F19 recounted', valueOf(figures, 'F19'), recognised('training_platform', 'district')),
    equal(
      'F20 recounted',
      valueOf(figures, 'F20'),
      [...new Set(high.map((one) => text(one['personId'])))].filter((id) => !earlier.has(id)).length,
    ),
    equal('gross recounted', companionOf(figures, 'F20', 'highSkilledGross'), persons(high)),
  ];
}
