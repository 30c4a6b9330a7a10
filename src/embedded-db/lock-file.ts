// One process per data directory: a lock file with pid and start time, taken over when its process is gone. It also
// remembers where the socket is, so that what a killed process left in the temporary folder goes with its lock.
// Only who holds the claim on a dead lock may remove it; the claim bears the digest of what the lock says, so that a claim on
// one that is gone since finds another text and touches nothing. A claim whose holder died is removed the same way.
import { createHash } from 'node:crypto';
import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export type DirectoryLock = ReturnType<typeof lockDirectory>;

interface Holder {
  readonly pid: number;
  readonly startedAt: string;
  readonly socketDir: string;
}

/** The directory's data is in use by another running process. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
}

/** Takes the lock of `dir`; `socketDir` is removed with it. DirectoryInUse when a living process (or this one) holds it. */
export function lockDirectory(dir: string, socketDir: string) {
  const path = join(dir, 'lock');
  const text = JSON.stringify({
    pid: process.pid,
    startedAt: startOf(process.pid),
    socketDir,
  } satisfies Holder);
  const release = (): void => {
    removeSocketDir(socketDir);
    try {
      if (readFileSync(path, 'utf8') === text) unlinkSync(path);
    } catch {
      // Already gone: nothing to release.
    }
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (linkExclusively(path, text)) return { release };
    const said = readText(path);
    const holder = holderIn(said);
    if (holder && isAlive(holder)) {
      throw new DirectoryInUse(
        `The data in ${dir} is in use by process ${holder.pid}: stop that process, or choose another directory.`,
      );
    }
    if (said !== undefined) removeDead(path, said, text);
  }
  throw new DirectoryInUse(
    `The data in ${dir} is being taken by another process: try again, or choose another directory.`,
  );
}

const ATTEMPTS = 50;
const PAUSE_MS = 20;

function removeDead(path: string, dead: string, own: string): void {
  const claim = `${path}.${createHash('sha256').update(dead).digest('hex').slice(0, 12)}`;
  if (!linkExclusively(claim, own)) {
    const said = readText(claim);
    const claimant = holderIn(said);
    if (claimant && isAlive(claimant)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    else if (said !== undefined) removeDead(claim, said, own);
    return;
  }
  try {
    if (readText(path) !== dead) return;
    removeSocketDir(holderIn(dead)?.socketDir);
    rmSync(path, { force: true });
  } finally {
    rmSync(claim, { force: true });
  }
}

// A link appears whole or not at all, so that nobody reads half a lock file.
function linkExclusively(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function holderIn(text = ''): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

// Only what has the shape of a name of ours: the lock file is text that anybody may have written.
function removeSocketDir(path: unknown): void {
  if (typeof path === 'string' && /^skillroll-[0-9a-f]{12}$/.test(basename(path)))
    rmSync(path, { recursive: true, force: true });
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // The number may have been given to another process since.
  const now = startOf(pid);
  return now === '' || startedAt === '' || now === startedAt;
}

// The start time of a process in clock ticks since boot; empty where the system does not tell.
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
