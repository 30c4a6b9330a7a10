// The import rules of docs/adr/0001-layout.md. Each comment says what to do instead.
const only = (name, from, allowed, comment, extra = []) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, ...(extra.length ? { pathNot: extra } : {}) },
  to: { pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only(
      'domain-is-pure',
      '^src/domain/',
      ['^src/domain/'],
      'Rules import rules only: pass data and the day in as arguments.',
    ),
    only(
      'use-cases-know-no-technology',
      '^src/use-cases/',
      ['^src/(domain|use-cases)/', '^src/deps\\.ts$'],
      'A use-case reaches the outside through deps: add what it needs there.',
    ),
    only(
      'persistence-knows-mongoose',
      '^src/persistence/',
      [
        '^src/(domain|persistence)/',
        '^src/config\\.ts$',
        '^node_modules/(mongoose|mongodb|pinyin-pro|@types)/',
        '^node:',
        '^[a-z_/]+$',
      ],
      'A store imports domain types and mongoose; orchestration belongs in a use-case.',
      ['^src/persistence/seeds/demo/'],
    ),
    only(
      'web-knows-express',
      '^src/web/',
      [
        '^src/(web|use-cases|domain|documents|sheets)/',
        '^src/deps\\.ts$',
        '^src/config\\.ts$',
        '^src/log\\.ts$',
        '^node_modules/(express|handlebars|joi|helmet|busboy|qrcode|@types)/',
        '^node:',
        '^[a-z_/]+$',
      ],
      'A page reads through deps.reads and writes through a use-case.',
    ),
    only(
      'documents-draw-finished-data',
      '^src/documents/',
      [
        '^src/documents/',
        '^src/domain/',
        '^node_modules/(pdfkit|fontkit|qrcode|yazl|@expo-google-fonts|@types)/',
        '^templates/',
        '^node:',
        '^[a-z_/]+$',
      ],
      'A document draws the plain object it is given: gather in a read or use-case.',
    ),
    only(
      'sheets-read-and-write-files',
      '^src/sheets/',
      [
        '^src/sheets/',
        '^src/domain/',
        '^node_modules/(yauzl|yazl|saxes|csv-parse|@types)/',
        '^node:',
        '^[a-z_/]+$',
      ],
      'Sheets turn bytes into rows and rows into bytes, nothing else.',
    ),
    only(
      'embedded-db-knows-nothing-of-us',
      '^src/embedded-db/',
      ['^src/embedded-db/', '^node_modules/(lmdb|bson|@types)/', '^node:', '^[a-z_/]+$'],
      'The embedded database could leave as a package: keep the application out of it.',
    ),
    {
      name: 'unscoped-for-use-cases-only',
      severity: 'error',
      comment: 'Look-ups across scopes return decisions and serve use-cases only (ADR 0006).',
      from: { path: '^src/', pathNot: ['^src/use-cases/', '^src/deps\\.ts$', '^src/persistence/unscoped/'] },
      to: { path: '^src/persistence/unscoped/' },
    },
    {
      name: 'dependencies-are-types-in-use-cases',
      severity: 'error',
      comment: 'Import deps.ts as a type: the composition root is handed in.',
      from: { path: '^src/(use-cases|web)/' },
      to: { path: '^src/deps\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Move the shared part below both.',
      from: { pathNot: '^src/(use-cases|web)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nothing uses this file: delete it.',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: ['^src/(main|cli/|embedded-db/worker|web/assets/)', '\\.d\\.ts$'],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
