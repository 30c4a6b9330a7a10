// Audits a demo's 2021 from its raw documents, by another way than the product counts: figures, what backs each counted
// record, what is derived, and that everything a year has is in it.
import type { Connection } from 'mongoose';
import { countFigures } from '../../../../src/domain/headcounts/index.ts';
import { district } from '../../../../src/domain/accounts/scope.ts';
import type { Headcounts } from '../../../../src/persistence/reads/headcounts.ts';
import { targetsOf2021 } from '../../../../src/persistence/seeds/demo/plan.ts';
import { backing, derived } from './audit-backing.ts';
import { variety } from './audit-variety.ts';
import { equal, readAll, some, type Finding } from './raw-year.ts';
import { companionOf, recount, valueOf, type Figures } from './recount-year.ts';

/** Every check with its outcome; the demo was made at the scale. */
export async function auditYear(
  connection: Connection,
  headcounts: Headcounts,
  scale: number,
): Promise<Finding[]> {
  const raw = await readAll(connection);
  const { columns } = await headcounts.years([2021, 2020]);
  const query = { cutOff: new Date(), scope: district };
  const [now, before] = columns.map(
    (one) => new Map(countFigures(one, query).map((figure) => [figure.code, figure])),
  );
  return [
    ...sizes(now!, scale),
    ...lastYear(now!, before!, scale),
    ...companions(now!),
    ...recount(raw, now!),
    ...backing(raw),
    ...derived(raw),
    ...variety(raw, scale),
  ];
}

function sizes(figures: Figures, scale: number): Finding[] {
  const targets = targetsOf2021(scale);
  const wanted: Record<string, number> = {
    F13: targets.personTimes,
    F14: targets.certified,
    F15: targets.enterprises,
    F16: targets.apprentices,
    F17: 1,
    F18: 4,
    F19: 7,
    F20: targets.highSkilledGross - targets.upgraders,
  };
  const full = { F13: 51_990, F14: 5_901, F15: 10, F16: 371, F17: 1, F18: 4, F19: 7, F20: 4_802 };
  return [
    ...Object.entries(wanted).map(([code, size]) =>
      equal(`${code} of 2021 is the plan's size`, valueOf(figures, code), size),
    ),
    ...(scale === 1
      ? Object.entries(full).map(([code, value]) =>
          equal(`${code} of 2021 is the bulletin's`, valueOf(figures, code), value),
        )
      : []),
  ];
}

/** 2020 lies at 70 to 90 % of 2021, apart from figures too small to be divided so. */
function lastYear(now: Figures, before: Figures, scale: number): Finding[] {
  const codes = ['F13', 'F14', 'F16', 'F18', 'F19', 'F20', ...(scale === 1 ? ['F15'] : [])];
  return codes.map((code) => {
    const share = valueOf(before, code) / valueOf(now, code);
    const tolerance = valueOf(now, code) < 20 ? 0.15 : 0;
    const inside = share >= 0.7 - tolerance && share <= 0.9 + tolerance;
    return {
      what: `${code} of 2020 is 70 to 90 % of 2021`,
      wrong: inside ? null : `is ${(share * 100).toFixed(1)} %`,
    };
  });
}

function companions(now: Figures): Finding[] {
  const differ = (what: string, a: number, b: number): Finding => ({
    what,
    wrong: a > 0 && b > 0 && a !== b ? null : `${a} and ${b}`,
  });
  return [
    differ('person-times differ from persons', valueOf(now, 'F13'), companionOf(now, 'F13', 'persons')),
    differ('certificates differ from persons', valueOf(now, 'F14'), companionOf(now, 'F14', 'certificates')),
    differ(
      'new high-skilled talents differ from gross',
      valueOf(now, 'F20'),
      companionOf(now, 'F20', 'highSkilledGross'),
    ),
    some('no-shows stand beside F13', companionOf(now, 'F13', 'noShows')),
    some('work training stands beside F13', companionOf(now, 'F13', 'workTraining')),
  ];
}
