// What comes again each night or hour, by name.
import { system } from './domain/accounts/without-account.ts';
import type { RecurringWork } from './nightly-works.ts';
import { closeUnusedAccounts } from './use-cases/accounts/close-unused-accounts.ts';
import { sweepDuplicates } from './use-cases/people/sweep-duplicates.ts';
import type { RetentionCode } from './domain/retention/retention-kinds.ts';
import { applyRetention } from './use-cases/retention/apply-retention.ts';

const who = system;

/** What comes to its end within the hour, and in a demo alone: it lives in a past year, most of which would be due at once. */
export const demoKinds: readonly RetentionCode[] = ['expiredFiles'];

export const recurringWorks: readonly RecurringWork[] = [
  {
    name: 'expiredFiles',
    every: 'hour',
    work: async (deps, goOn) => {
      await applyRetention(deps, { who, only: demoKinds, goOn });
    },
  },
  {
    name: 'unusedAccounts',
    every: 'night',
    work: async (deps) => {
      await closeUnusedAccounts(deps);
    },
  },
  {
    name: 'duplicates',
    every: 'night',
    work: async (deps, goOn) => {
      await sweepDuplicates(deps, { who, goOn });
    },
  },
  {
    name: 'retention',
    every: 'night',
    work: async (deps, goOn) => {
      await applyRetention(deps, { who, goOn });
    },
  },
];

export const demoWorks: readonly RecurringWork[] = recurringWorks.filter(({ every }) => every === 'hour');
