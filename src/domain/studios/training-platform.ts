// A key-industry talent training platform (重点产业人才培训平台), recognised by a tier like a studio (domain 6.3).
import type { Versioned } from '../shared/record.ts';
import type { Tier } from './studio.ts';

export interface TrainingPlatform extends Versioned {
  readonly name: string;
  readonly hostId: string | null;
  readonly hostName: string;
  readonly industry: string;
  readonly areaCode: string | null;
  /** Persons it can train at once. */
  readonly capacity: number;
  readonly occupationCodes: readonly string[];
  readonly tier: Tier;
  readonly termEnd: string | null;
  readonly status: 'recognised' | 'revoked' | 'expired';
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
}
