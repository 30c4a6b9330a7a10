import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

describe('cli/run-built', function () {
  this.timeout(60_000);
  const launcher = resolve('src/cli/run-built.mjs');
  let project: string;
  const write = (path: string, text: string) => writeFileSync(join(project, path), text);
  const run = (...given: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [launcher, ...given], {
      cwd: project,
      encoding: 'utf8',
    });
    return { status, said: stdout.trim() };
  };
  // With Node's own types a compilation takes ten times as long.
  const globals = 'declare const console: { log(...said: string[]): void }, process: { argv: string[] };\n';
  /** A source that says which it is and what it was given. */
  const saying = (word: string) => `console.log('${word}', ...process.argv.slice(2));\nexport {};\n`;
  const soon = () => new Date(Date.now() + 2_000);

  before(() => {
    project = mkdtempSync(join(tmpdir(), 'skillroll-launcher-'));
    mkdirSync(join(project, 'src/cli'), { recursive: true });
    write('package.json', '{ "type": "module" }');
    write(
      'tsconfig.json',
      '{ "compilerOptions": { "module": "nodenext", "strict": true, "skipLibCheck": true, "lib": ["es5"] } }',
    );
    write(
      'tsconfig.build.json',
      '{ "extends": "./tsconfig.json", "compilerOptions": { "outDir": "dist", "rootDir": "src", "types": [] }, "include": ["src"] }',
    );
    write('src/globals.d.ts', globals);
    write('src/cli/hello.ts', saying('first'));
    symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  });
  after(() => rmSync(project, { recursive: true, force: true }));

  it('compiles what was never compiled, and hands the arguments on', () => {
    expect(run('cli/hello', '--port', '1')).to.deep.equal({ status: 0, said: 'first --port 1' });
  });

  it('compiles nothing anew while no source is newer', () => {
    const made = statSync(join(project, 'dist/cli/hello.js')).mtimeMs;
    expect(run('cli/hello').said).to.equal('first');
    expect(statSync(join(project, 'dist/cli/hello.js')).mtimeMs).to.equal(made);
  });

  it('compiles anew once a source is newer', () => {
    write('src/cli/hello.ts', saying('second'));
    utimesSync(join(project, 'src/cli/hello.ts'), soon(), soon());
    expect(run('cli/hello').said).to.equal('second');
  });

  it('runs nothing that does not compile', () => {
    write('src/cli/hello.ts', `const wrong: number = 'a';\n${saying('third')}`);
    utimesSync(join(project, 'src/cli/hello.ts'), soon(), soon());
    const { status, said } = run('cli/hello');
    expect(status).to.equal(1);
    expect(said).to.include('TS2322').and.not.include('third');
    expect(existsSync(join(project, 'dist'))).to.equal(true);
  });
});
