// The second server: a mongod that MONGOD_BIN names, else SecantusDB, which is one node on MongoDB's storage engine, written by
// others (GPL-2.0: a tool of tests outside the project, not a part of it).
import mongoose from 'mongoose';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pythonWith } from '../support/client-tools.ts';
import { freePort, startMongod } from '../support/mongod.ts';

export interface SecondServer {
  readonly name: 'mongod' | 'SecantusDB';
  readonly version: string;
  readonly uri: string;
  stop(): Promise<void>;
}

const VERSION = '0.7.0b3';

/** Starts it on loopback with a folder of its own. NotAtHand, also when it cannot be installed in that many seconds. */
export async function startSecondServer(seconds: number): Promise<SecondServer> {
  const program = process.env.MONGOD_BIN;
  if (program) {
    const server = await startMongod(program);
    return { ...server, name: 'mongod', version: await versionAt(server.uri) };
  }
  const python = await pythonWith('secantusdb', VERSION, { module: 'secantus', seconds });
  return startSecantus(join(dirname(python), 'secantusd-py'));
}

async function startSecantus(program: string): Promise<SecondServer> {
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-second-'));
  const port = await freePort();
  const place = ['--host', '127.0.0.1', '--port', String(port), '--storage-path', join(dir, 'data')];
  const child = spawn(program, [...place, '--log-level', 'ERROR'], {
    cwd: dir,
    env: { ...process.env, HOME: dir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said = (said + String(part)).slice(-2000)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  try {
    return { name: 'SecantusDB', version: await versionAt(uri), uri, stop };
  } catch (error) {
    await stop();
    throw new Error(`SecantusDB does not answer: ${said}`, { cause: error });
  }
}

async function versionAt(uri: string): Promise<string> {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 30_000 });
  try {
    await client.connect();
    const { version, secantusVersion } = await client.db('admin').command({ buildInfo: 1 });
    return String(secantusVersion ?? version);
  } finally {
    await client.close();
  }
}
