// Runs one suite of MongoDB's driver tests: what passed, and why the rest did not.
import type { Client } from './entities.ts';
import type { FailPointDoor } from './fail-point-door.ts';
import { NotCovered } from './match.ts';
import { reasonOf, type Reason } from './reasons.ts';
import { ruledOut, runTest, type UnifiedFile, type UnifiedTest } from './run-test.ts';
import { suiteFiles } from './suites.ts';

export interface Place {
  readonly uri: string;
  readonly own: Client;
  readonly door: FailPointDoor;
}

/** A test that did not pass; without a reason it is a defect. */
export interface Unpassed {
  readonly test: string;
  readonly outcome: 'failed' | 'skipped';
  readonly said: string;
  readonly reason: Reason | null;
}

export interface SuiteResult {
  readonly suite: string;
  readonly passed: number;
  readonly unpassed: readonly Unpassed[];
}

/** Files whose expectation the driver itself, not the server, meets otherwise. */
const ofTheDriver: Record<string, string> = {
  'create-null-ids.json': 'the driver replaces an _id of null by one of its own',
};

/** Runs a suite against the server at a place. */
export async function runSuite(specifications: string, suite: string, place: Place): Promise<SuiteResult> {
  const unpassed: Unpassed[] = [];
  let passed = 0;
  for (const { name, file } of suiteFiles(specifications, suite))
    for (const test of file.tests) {
      const note = (outcome: Unpassed['outcome'], said: string): void =>
        void unpassed.push({ test: `${name} "${test.description}"`, outcome, said, reason: reasonOf(said) });
      const leftOut = ofTheDriver[name] ?? leftOutBecause(file, test);
      if (leftOut !== null) {
        note('skipped', leftOut);
        continue;
      }
      try {
        await runTest(file, test, place);
        passed += 1;
      } catch (error) {
        note(error instanceof NotCovered ? 'skipped' : 'failed', (error as Error).message);
      }
    }
  return { suite, passed, unpassed };
}

function leftOutBecause(file: UnifiedFile, test: UnifiedTest): string | null {
  if (test.skipReason !== undefined) return `marked: ${test.skipReason}`;
  return ruledOut(file.runOnRequirements) ?? ruledOut(test.runOnRequirements);
}
