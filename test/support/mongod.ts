// A real MongoDB server for tests, where one is installed: MONGOD_BIN names it, or `mongod` is on the PATH.
import mongoose from 'mongoose';
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Path of the server's program, or null where there is none. */
export function findMongod(): string | null {
  const named = process.env.MONGOD_BIN;
  if (named) return named;
  const places = (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, 'mongod'));
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

/** Starts a replica set of one node on a new folder; resolves once it takes writes. */
export async function startMongod(program: string): Promise<{ uri: string; stop: () => Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'skillroll-mongod-'));
  const port = await freePort();
  const args = ['--replSet', 'rs0', '--dbpath', dir, '--port', String(port), '--bind_ip', '127.0.0.1'];
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await initiate(`127.0.0.1:${port}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`, stop };
}

async function initiate(host: string): Promise<void> {
  const client = new mongoose.mongo.MongoClient(`mongodb://${host}/?directConnection=true`);
  try {
    await client.connect();
    const admin = client.db('admin');
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if ((await admin.command({ hello: 1 }))['isWritablePrimary'] === true) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('mongod did not become primary within 30 seconds');
  } finally {
    await client.close();
  }
}

/** A port of loopback that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
