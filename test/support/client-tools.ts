// Gets clients and servers that others wrote: those of this machine, or installed into a temporary folder outside the project
// for the run. CLIENT_TOOLS names a folder that is kept and used again.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Why a tool cannot be had here. */
export class NotAtHand extends Error {}

const kept = process.env.CLIENT_TOOLS;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'skillroll-tools-'));
if (kept === undefined)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
mkdirSync(folder, { recursive: true });

/** Runs a program to its end, with a home of its own, no longer than `seconds`. */
export function run(program: string, args: readonly string[], seconds = 120, cwd = folder): Promise<Ran> {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const child = spawn(program, args, {
    cwd,
    // Go would else write its modules where nobody can delete them.
    env: { ...process.env, HOME: home, NO_COLOR: '1', GOFLAGS: '-modcacherw -buildvcs=false' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (part: Buffer) => (out += String(part)));
  child.stderr.on('data', (part: Buffer) => (err += String(part)));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: -1, out, err: String(error) }));
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** Path of a Python that has the package, which it imports as `module`. NotAtHand, also when it takes longer than `seconds`. */
export async function pythonWith(
  name: string,
  version: string,
  { module = name, seconds = 300 } = {},
): Promise<string> {
  const python = join(folder, `python-${name}`, 'bin', 'python');
  const has = async () => (await run(python, ['-c', `import ${module}`])).code === 0;
  if (existsSync(python) && (await has())) return python;
  const wanted = `${name}==${version}`;
  const ends = Date.now() + seconds * 1000;
  const left = (): number => Math.max(1, (ends - Date.now()) / 1000);
  const late = new NotAtHand(`${wanted} was not installed within ${seconds} s`);
  const made = await run('python3', ['-m', 'venv', join(folder, `python-${name}`)], left());
  if (made.code === null) throw late;
  if (made.code !== 0) throw new NotAtHand('Python 3 with its module venv is not there');
  const args = ['-m', 'pip', 'install', '--quiet', '--retries', '1', '--timeout', '15', wanted];
  const installed = await run(python, args, left());
  if (installed.code === null) throw late;
  if (installed.code !== 0)
    throw new NotAtHand(`PyPI cannot be reached, or does not have ${wanted} for here`);
  return python;
}

/** Path of mongosh. NotAtHand. */
export async function mongosh(version: string): Promise<string> {
  const found = onPath('mongosh');
  if (found !== null) return found;
  const place = join(folder, 'mongosh');
  const program = join(place, 'node_modules', '.bin', 'mongosh');
  if (existsSync(program)) return program;
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{ "private": true }\n');
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', '--fetch-retries=1'];
  const installed = await run('npm', ['install', ...quiet, `mongosh@${version}`], 300, place);
  if (installed.code !== 0)
    throw new NotAtHand(`the npm registry cannot be reached, or does not have mongosh`);
  return program;
}

/** Paths of MongoDB's database tools, by name. NotAtHand. */
export async function databaseTools<Name extends string>(
  version: string,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const found = names.map((name) => [name, onPath(name)] as const);
  if (found.every(([, path]) => path !== null)) return Object.fromEntries(found) as Record<Name, string>;
  if (onPath('go') === null) throw new NotAtHand('neither the tools nor Go, to build them, are there');
  const place = join(folder, 'database-tools');
  const module = 'github.com/mongodb/mongo-tools';
  if (!existsSync(join(place, 'go.mod'))) {
    mkdirSync(place, { recursive: true });
    const fetched =
      (await run('go', ['mod', 'init', 'tools'], 60, place)).code === 0 &&
      (await run('go', ['get', ...names.map((name) => `${module}/${name}/main@${version}`)], 300, place))
        .code === 0;
    if (!fetched) {
      rmSync(place, { recursive: true, force: true });
      throw new NotAtHand(`the Go module proxy cannot be reached, or does not have ${module}@${version}`);
    }
  }
  for (const name of names) {
    if (existsSync(join(place, name))) continue;
    const built = await run('go', ['build', '-o', name, `${module}/${name}/main`], 900, place);
    if (built.code !== 0) throw new NotAtHand(`${name} does not build here: ${built.err.slice(0, 300)}`);
  }
  return Object.fromEntries(names.map((name) => [name, join(place, name)])) as Record<Name, string>;
}

function onPath(name: string): string | null {
  const places = (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, name));
  return places.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Says why a client's tests are skipped, and skips them. */
export async function orSkip<Tool>(
  context: Mocha.Context,
  name: string,
  get: () => Promise<Tool>,
): Promise<Tool> {
  try {
    return await get();
  } catch (error) {
    if (!(error instanceof NotAtHand)) throw error;
    process.stdout.write(`  skipped: ${name}: ${error.message}\n`);
    return context.skip();
  }
}
