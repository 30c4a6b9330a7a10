// One process per data directory: a lock file, taken over when its holder is gone. A holder listens at a socket beside the lock,
// which answers into every container that mounts the directory and falls silent with its process; its pid and start time tell
// where no socket can be made. The file also remembers where the server's own socket is, so that what a killed process left in
// the temporary folder goes with its lock.
// Only who holds the claim on a dead lock may remove it; the claim bears the digest of what the lock says, so that a claim on
// one that is gone since finds another text and touches nothing. A claim whose holder died is removed the same way.
// LMDB opens a data file only under this lock: opening sets the count of commits that all its processes share to what the file's
// head said a moment ago, and a commit made in that moment would be written over by the next.
import { createHash, randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownAsFolder } from './own-as-folder.ts';
import { answers, listenIn } from './presence.ts';

export type DirectoryLock = Awaited<ReturnType<typeof lockDirectory>>;

interface Holder {
  readonly pid: number;
  readonly startedAt: string;
  readonly socketDir: string;
  /** Name of the socket beside the lock; empty where none could be made. */
  readonly presence?: string;
}

/** The directory's data is in use by another running process. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
}

const PRESENCE = 'lock-holder.';
const ATTEMPTS = 50;
const PAUSE_MS = 20;

/**
 * Takes the lock of `dir`; `socketDir` is removed with it. Who calls at the socket beside the lock wants to know whether its
 * holder lives, and may want more. DirectoryInUse when a living process (or this one) holds it.
 */
export async function lockDirectory(
  dir: string,
  socketDir: string,
  onCall = (caller: Socket): void => void caller.destroy(),
) {
  const path = join(dir, 'lock');
  const name = `${PRESENCE}${randomBytes(6).toString('hex')}`;
  const presence = await listenIn(dir, name, onCall);
  const text = JSON.stringify({
    pid: process.pid,
    startedAt: startOf(process.pid),
    socketDir,
    presence: presence ? name : '',
  } satisfies Holder);
  try {
    await take(path, text);
    await removeSilent(dir, name);
  } catch (error) {
    presence?.end();
    throw error;
  }
  return {
    release(): void {
      presence?.end();
      removeSocketDir(socketDir);
      quietly(() => readText(path) === text && rmSync(path, { force: true }));
    },
  };
}

/** The sockets at which whoever holds the lock of `dir` may answer, if anybody holds it. */
export function holderSockets(dir: string): string[] {
  const said = readText(join(dir, 'lock'));
  return said === undefined ? [] : socketsOf(dir, holderIn(said));
}

async function take(path: string, text: string): Promise<void> {
  const dir = join(path, '..');
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (linkExclusively(path, text)) return;
    const said = readText(path);
    if (said === undefined) continue;
    const holder = holderIn(said);
    if (await isAlive(dir, holder, text))
      throw new DirectoryInUse(
        `The data in ${dir} is in use by ${holder ? `process ${holder.pid}` : 'another process'}: stop that process, or choose another directory.`,
      );
    await removeDead(path, said, text);
  }
  throw new DirectoryInUse(
    `The data in ${dir} is being taken by another process: try again, or choose another directory.`,
  );
}

async function removeDead(path: string, dead: string, own: string): Promise<void> {
  const claim = `${path}.${createHash('sha256').update(dead).digest('hex').slice(0, 12)}`;
  if (!linkExclusively(claim, own)) {
    const said = readText(claim);
    if (said === undefined) return;
    if (await isAlive(join(path, '..'), holderIn(said), own)) await sleep(PAUSE_MS);
    else await removeDead(claim, said, own);
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
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    ownAsFolder(draft);
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function holderIn(text: string): Holder | undefined {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null && 'pid' in said ? (said as Holder) : undefined;
  } catch {
    return undefined;
  }
}

// Only what has the shape of a name of ours: the lock file is text that anybody may have written. What another account left
// stays in the temporary folder.
function removeSocketDir(path: unknown): void {
  if (typeof path === 'string' && /^skillroll-[0-9a-f]{12}$/.test(basename(path)))
    quietly(() => rmSync(path, { recursive: true, force: true }));
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    return;
  }
}

// Where a lock cannot be read, whoever answers beside it may hold it.
async function isAlive(dir: string, holder: Holder | undefined, own: string): Promise<boolean> {
  for (const name of socketsOf(dir, holder))
    if (!own.includes(name) && (await answers(dir, name))) return true;
  return holder !== undefined && isRunning(holder);
}

const socketsOf = (dir: string, holder: Holder | undefined): string[] =>
  holder ? [basename(holder.presence ?? '')].filter(Boolean) : presencesIn(dir);

const presencesIn = (dir: string): string[] => readdirSync(dir).filter((name) => name.startsWith(PRESENCE));

async function removeSilent(dir: string, own: string): Promise<void> {
  for (const name of presencesIn(dir))
    if (name !== own && !(await answers(dir, name))) rmSync(join(dir, name), { force: true });
}

function isRunning({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // The number may have been given to another process since.
  const now = startOf(pid);
  return now === '' || startedAt === '' || now === startedAt;
}

// The start time of a process in clock ticks since boot, `Z` for one that ended and that its parent has not taken note of; empty
// where the system does not tell.
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const said = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (said[0] === 'Z' ? said[0] : said[19]) ?? '';
  } catch {
    return '';
  }
}
