// Type-checks everything and compiles it into .built/, so that no test, nor any process or worker that a test starts, compiles
// it again. Links beside the compiled files lead to what is read by its place: pages, templates, style sheets, documents.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const out = '.built';
const linked = ['package.json', 'views', 'templates', 'docs', 'src/web/assets', '.dependency-cruiser.cjs'];

const { status } = spawnSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json'],
  {
    stdio: 'inherit',
  },
);
if (status !== 0) process.exit(1);

for (const name of readdirSync(out, { recursive: true })) {
  const source = name.replace(/\.js(\.map)?$/, '.ts');
  if (
    /^(src|test)\/.*\.js(\.map)?$/.test(name) &&
    !linked.some((path) => name.startsWith(`${path}/`)) &&
    !existsSync(source)
  )
    rmSync(join(out, name));
}
for (const path of linked) {
  const link = join(out, path);
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true, recursive: true });
  symlinkSync(resolve(path), link);
}
