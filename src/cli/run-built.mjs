// node src/cli/run-built.mjs [FILE ARGUMENTS]: runs a file of the product compiled, which starts in half the time of its source.
// Compiles into dist/ first, if a source changed since; without a file it does only that.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const out = 'dist';
const stamp = join(out, '.built');
const others = ['package.json', 'tsconfig.json', 'tsconfig.build.json'];

if (isStale()) build();
const [file, ...given] = process.argv.slice(2);
if (file !== undefined) {
  const program = resolve(out, `${file}.js`);
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, program, ...given];
  await import(pathToFileURL(program).href);
}

function isStale() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  const sources = readdirSync('src', { recursive: true }).map((name) => join('src', name));
  return [...others, ...sources].some((path) => statSync(path).mtimeMs > built);
}

function build() {
  const began = new Date();
  const tsc = resolve('node_modules/typescript/bin/tsc');
  if (!existsSync(tsc)) {
    console.error('TypeScript compiles the product and is not installed: run npm ci, without --omit=dev.');
    process.exit(1);
  }
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
  if (existsSync('src/web/assets')) cpSync('src/web/assets', join(out, 'web/assets'), { recursive: true });
  mkdirSync(out, { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, began, began);
}
