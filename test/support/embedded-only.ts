// Test files that another MongoDB server has no part in, and why; `npm run test:mongodb` skips them and says so.

/** The beginning of a path below `test/` → why the test needs the embedded server. */
export const embeddedOnly: Readonly<Record<string, string>> = {
  'embedded-db/': 'about the embedded server itself',
  'cli/audit.test.ts': 'works on a data folder',
  'cli/bulletin.test.ts': 'works on a data folder',
  'cli/create-account.test.ts': 'works on a data folder',
  'cli/db-move.test.ts': 'works on a data folder',
  'cli/db-serve.test.ts': 'works on a data folder',
  'cli/demo-mark.test.ts': 'works on a data folder',
  'cli/demo.test.ts': 'works on a data folder',
  'cli/maintenance.test.ts': 'works on a data folder',
  'cli/retention.test.ts': 'works on a data folder',
  'cli/sweep-duplicates.test.ts': 'works on a data folder',
  'cli/with-records.test.ts': 'works on a data folder',
  'cli/start.test.ts': 'works on a data folder',
  'cli/index-page.test.ts': 'compares expiry too, which tests take away on other servers',
  'outages/': 'takes the server away, or its disk',
  'persistence/open-keys.test.ts': 'works on a data folder',
  'persistence/on-mongod.test.ts': 'runs the tests of the use-cases on a server of its own',
  'security/nothing-in-clear.test.ts': 'works on a data folder',
  'persistence/query-shapes/': 'reads plans as the embedded server explains them',
};

/** Why a test file needs the embedded server, or null where any server will do. */
export function reasonToSkip(file: string): string | null {
  const path = file
    .replaceAll('\\', '/')
    .replace(/^(?:.*\/)?test\//, '')
    .replace(/\.js$/, '.ts');
  const entry = Object.entries(embeddedOnly).find(([start]) => path.startsWith(start));
  return entry?.[1] ?? null;
}
