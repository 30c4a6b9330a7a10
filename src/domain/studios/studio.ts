// A studio (技能大师工作室 and its kinds) is led by a master; each recognition by a tier is a record of its own, so that an
// upgrade is a new recognition and never a second studio (domain 6.4).
import { RuleBroken } from '../shared/errors.ts';
import type { Versioned } from '../shared/record.ts';

export const studioKinds = ['skill_master', 'chief_technician', 'rural_talent'] as const;
export type StudioKind = (typeof studioKinds)[number];

export const tiers = ['district', 'municipal', 'provincial', 'national'] as const;
export type Tier = (typeof tiers)[number];

/** Place of a tier in the order district < municipal < provincial < national. */
export function tierRank(tier: Tier): number {
  return tiers.indexOf(tier);
}

export interface Recognition extends Versioned {
  readonly subject: 'studio' | 'platform';
  readonly subjectId: string;
  /** The studio's kind, or 'training_platform'. */
  readonly kind: StudioKind | 'training_platform';
  readonly tier: Tier;
  readonly recognisedOn: string;
  /** The document that says so. */
  readonly document: string;
  readonly termEnd: string | null;
  readonly areaCode: string | null;
  readonly annulledAt: Date | null;
  readonly annulledReason: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

export interface StudioMember {
  readonly name: string;
  readonly role: 'lead' | 'member' | 'apprentice';
  readonly skillLevel: string | null;
  readonly from: string;
  readonly to: string | null;
}

export type StudioStatus = 'recognised' | 'revoked' | 'expired';

export interface Studio extends Versioned {
  readonly name: string;
  readonly kind: StudioKind;
  readonly hostId: string | null;
  readonly hostName: string;
  readonly occupationCode: string | null;
  readonly craft: string | null;
  readonly areaCode: string | null;
  /** The master who leads; a change of lead closes one row and opens the next. */
  readonly members: readonly StudioMember[];
  readonly termEnd: string | null;
  /** Highest tier recognised and not annulled. */
  readonly tier: Tier;
  readonly status: StudioStatus;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** The lead of a studio on a day, or null. */
export function leadOn(studio: Pick<Studio, 'members'>, day: string): StudioMember | null {
  return (
    studio.members.find(
      (one) => one.role === 'lead' && one.from <= day && (one.to === null || day < one.to),
    ) ?? null
  );
}

/** The studio under a new lead from a day on; throws RuleBroken studios.sameLead. */
export function changeLead(
  studio: Studio,
  lead: { name: string; skillLevel: string | null },
  from: string,
  at: Date,
): Studio {
  const present = leadOn(studio, from);
  if (present?.name === lead.name) throw new RuleBroken('studios.sameLead');
  const members = studio.members.map((one) => (one === present ? { ...one, to: from } : one));
  return { ...studio, members: [...members, { ...lead, role: 'lead', from, to: null }], changedAt: at };
}

/** A studio or platform by the recognitions that still stand: at the highest tier with its term, or taken down where none does. */
export function standingBy<T extends Pick<Studio, 'tier' | 'termEnd' | 'status'>>(
  subject: T,
  standing: readonly Pick<Recognition, 'tier' | 'termEnd'>[],
): T {
  const [first, ...others] = standing;
  if (first === undefined) return { ...subject, status: 'revoked' };
  const { tier, termEnd } = others.reduce(
    (highest, one) => (tierRank(one.tier) > tierRank(highest.tier) ? one : highest),
    first,
  );
  return tier === subject.tier ? subject : { ...subject, tier, termEnd };
}

/** Throws RuleBroken studios.notHigher unless the tier is above the studio's present one. */
export function requireHigherTier(studio: Pick<Studio, 'tier'>, tier: Tier): void {
  if (tierRank(tier) <= tierRank(studio.tier)) throw new RuleBroken('studios.notHigher');
}
