import { expect } from 'chai';
import type { ICruiseResult } from 'dependency-cruiser';
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, existsSync } from 'node:fs';

const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: object[];
  options: object;
};

async function cruiseSources(sources: string[], forbidden: object[]): Promise<ICruiseResult> {
  // Loaded here, because both packages offer themselves to `import` only.
  const { cruise } = await import('dependency-cruiser');
  const { default: extractTsConfig } = await import('dependency-cruiser/config-utl/extract-ts-config');
  const options = { ...config.options, ruleSet: { forbidden }, validate: true };
  const result = await cruise(sources, options as never, {}, {
    tsConfig: extractTsConfig('tsconfig.json'),
  } as never);
  return result.output as ICruiseResult;
}

describe('architecture/import-rules', () => {
  it('sees the modules and finds no forbidden import', async function () {
    this.timeout(60_000);
    const output = await cruiseSources(['src'], config.forbidden);
    expect(output.summary.totalCruised).to.be.above(100);
    const broken = output.summary.violations.map((one) => `${one.rule.name}: ${one.from} → ${one.to}`);
    expect(broken).to.deep.equal([]);
  });

  it('catches a planted violation', async function () {
    this.timeout(60_000);
    const planted = {
      name: 'planted',
      severity: 'error',
      from: { path: '^src/app\\.ts$' },
      to: { path: '^src/web/' },
    };
    const output = await cruiseSources(['src/app.ts'], [planted]);
    expect(output.summary.violations).to.not.be.empty;
  });
});

describe('architecture/dependencies', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const adr = readFileSync('docs/adr/0008-dependencies.md', 'utf8');

  it('has at most 25 at run time, fonts apart, each with a line in its ADR', () => {
    const names = Object.keys(manifest.dependencies).filter(
      (name) => !name.startsWith('@expo-google-fonts/'),
    );
    expect(names.length).to.be.at.most(25);
    for (const name of Object.keys(manifest.dependencies)) expect(adr, name).to.include(`\`${name}\``);
  });

  it('holds one copy of the MongoDB driver and of bson', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, unknown>;
    };
    for (const name of ['mongodb', 'bson', 'mongoose']) {
      expect(
        Object.keys(lock.packages).filter((path) => path.endsWith(`node_modules/${name}`)),
        name,
      ).to.have.length(1);
    }
  });

  it('names no registry host in the lock file', () => {
    expect(readFileSync('package-lock.json', 'utf8')).to.not.match(
      /"resolved": "https?:\/\/(?!registry\.npmjs\.org\/)/,
    );
  });
});

describe('architecture/documents', () => {
  it('tours paths that exist', () => {
    for (const file of ['README.md', 'docs/tour.md']) {
      const paths = [
        ...readFileSync(file, 'utf8').matchAll(/`((?:src|views|templates|test|docs)\/[\w./-]+)`/g),
      ].map((match) => match[1]!);
      expect(paths, file).to.not.be.empty;
      for (const path of paths) expect(existsSync(path), `${file} names ${path}`).to.equal(true);
    }
  });

  it('lists every event that a use-case records', () => {
    const listed = new Set(
      [...readFileSync('docs/events.md', 'utf8').matchAll(/^\| `([\w.]+)`/gm)].map((match) => match[1]!),
    );
    const sources = readdirSync('src/use-cases', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const recorded = sources.flatMap((file) => {
      const text = readFileSync(`src/use-cases/${file}`, 'utf8');
      return [
        ...[...text.matchAll(/what: '([\w.]+)'/g)].map((match) => match[1]!),
        ...[...text.matchAll(/advanceSession\(\s*deps,\s*command,\s*'\w+',\s*'([\w.]+)'/g)].map(
          (match) => match[1]!,
        ),
      ];
    });
    expect(recorded).to.have.length.above(30);
    for (const what of recorded) expect([...listed], what).to.include(what);
  });

  it('lists every decision in the index of ADRs', () => {
    const index = readFileSync('docs/adr/README.md', 'utf8');
    const listed = [...index.matchAll(/\]\((\d[^)]+)\)/g)].map(([, file]) => file);
    expect(listed).to.deep.equal(readdirSync('docs/adr').filter((file) => /^\d/.test(file)));
  });
});
