// F14 and F20, version 1: which certificates count in a year, and whom they make a new high-skilled talent.
import { heldAt } from './dated.ts';
import { dimensions, type Dimension } from './dimensions.ts';
import { ageBandOn, monthOf, yearOf } from './event-day.ts';
import type { CertificateFact } from './facts.ts';
import { marks } from './measures.ts';
import { collectRows, type Rows, type Values } from './rows.ts';
import { areaIn } from './area-in.ts';

/** Appraisal and level recognition; completion, special-skill and other certificates move neither figure. */
const countedKinds: readonly string[] = ['national_qualification', 'skill_level'];

/** 高级工 (national level 三级) and above are high-skilled (domain: 2.1). */
const highSkilledRank = 4;

export const certificateDimensions: readonly Dimension[] = dimensions;

/** Whether a certificate may count for the district in the year at some cut-off. */
export function mayCount(certificate: CertificateFact, year: number, districtCode: string): boolean {
  return (
    countedKinds.includes(certificate.kind) &&
    certificate.countedArea === districtCode &&
    yearOf(certificate.issuedOn) === year
  );
}

/** Whether a certificate, from anywhere, may show that its holder was high-skilled before the year. */
export function mayPrecede(certificate: CertificateFact, year: number): boolean {
  return (
    countedKinds.includes(certificate.kind) &&
    isHighSkilled(certificate) &&
    yearOf(certificate.issuedOn) < year
  );
}

/** One row a certificate of the year in force at the instant; `year` and `earlier` come from the two tests above. */
export function certificateRows(
  certificates: { readonly ofYear: readonly CertificateFact[]; readonly earlier: readonly CertificateFact[] },
  question: { instant: number; areas: ReadonlySet<string> },
): Rows {
  const counted = certificates.ofYear.filter((certificate) => isInForce(certificate, question.instant));
  const before = new Set<string>();
  for (const earlier of certificates.earlier) {
    if (isInForce(earlier, question.instant)) before.add(earlier.personId);
  }
  const first = firstHighSkilled(counted);
  const rows = collectRows(certificateDimensions);
  for (const certificate of counted) {
    const { personId } = certificate;
    const makesNew = first.get(personId) === certificate && !before.has(personId);
    const mark = (isHighSkilled(certificate) ? marks.highSkilled : 0) | (makesNew ? marks.newHighSkilled : 0);
    rows.add(certificate.id, personId, mark, valuesOf(certificate, question.areas));
  }
  return rows.finish();
}

/** Each person's first certificate of rank 4 or above in the year, by day, then number. */
function firstHighSkilled(counted: readonly CertificateFact[]): Map<string, CertificateFact> {
  const first = new Map<string, CertificateFact>();
  for (const certificate of counted) {
    if (!isHighSkilled(certificate)) continue;
    const known = first.get(certificate.personId);
    if (known === undefined || comesBefore(certificate, known)) first.set(certificate.personId, certificate);
  }
  return first;
}

function comesBefore(a: CertificateFact, b: CertificateFact): boolean {
  if (a.issuedOn !== b.issuedOn) return a.issuedOn < b.issuedOn;
  return a.number !== b.number ? a.number < b.number : a.id < b.id;
}

function isInForce(certificate: CertificateFact, instant: number): boolean {
  return heldAt(certificate.recordedAt, certificate.endedAt, instant);
}

function isHighSkilled(certificate: CertificateFact): boolean {
  return certificate.rank !== null && certificate.rank >= highSkilledRank;
}

function valuesOf(certificate: CertificateFact, areas: ReadonlySet<string>): Values {
  return {
    month: monthOf(certificate.issuedOn),
    area: areaIn(areas, certificate.areaCode),
    centre: certificate.centreId,
    evaluator: certificate.evaluatorId,
    occupation: certificate.occupationCode,
    level: certificate.skillLevel,
    kind: certificate.kind,
    gender: certificate.gender,
    ageBand: ageBandOn(certificate.birthDay, certificate.issuedOn),
    education: certificate.education,
    keyGroup: certificate.keyGroups,
    fundingSource: certificate.fundingSource,
  };
}
