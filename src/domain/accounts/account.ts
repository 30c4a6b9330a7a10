// Who somebody is and on whose records they act.
import type { Versioned } from '../shared/record.ts';
import type { Role } from './actor.ts';

export interface Account extends Versioned {
  readonly userName: string;
  readonly foldedUserName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly organisationId: string | null;
  readonly areaCode: string | null;
  readonly closedAt: Date | null;
  readonly createdAt: Date;
}
