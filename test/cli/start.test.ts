// What `npm start` says when it cannot start: as a process, with its exit code.
import { deserialize, serialize } from 'bson';
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf } from '../support/program.ts';

describe('cli/start', function () {
  this.timeout(60_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-start-'));
  const complete = {
    SKILLROLL_DATA: join(root, 'data'),
    PUBLIC_URL: 'https://skills.example',
    SESSION_SECRET: 'x'.repeat(40),
    KEY_FILE: join(root, 'skillroll.key'),
  };
  after(() => rmSync(root, { recursive: true, force: true }));

  it('names the one setting that is missing, in one sentence, and ends with 78', async () => {
    const names = Object.keys(complete) as (keyof typeof complete)[];
    const ends = await Promise.all(names.map((name) => start({ ...complete, [name]: '' })));
    ends.forEach(({ code, lines }, index) => {
      expect(code).to.equal(78);
      expect(lines).to.have.length(1);
      expect(lines[0]).to.include(names[index]).and.include('Example').and.include('README.md');
    });
  });

  it('refuses a MongoDB server that runs alone, and one older than version 6, with the cure', async () => {
    const alone = await mongod({ maxWireVersion: 21 });
    const old = await mongod({ maxWireVersion: 13, setName: 'rs0', hosts: ['127.0.0.1'], me: '127.0.0.1' });
    const given = (server: Server) => ({
      ...complete,
      SKILLROLL_DATA: '',
      MONGODB_URI: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/skillroll?directConnection=true`,
    });
    const [first, second] = await Promise.all([start(given(alone)), start(given(old))]);
    expect(first.code).to.equal(1);
    expect(first.lines).to.have.length(1);
    expect(first.lines[0]).to.include('runs standalone').and.include('--replSet rs0');
    expect(second.code).to.equal(1);
    expect(second.lines).to.have.length(1);
    expect(second.lines[0]).to.include('older than version 6');
    alone.close();
    old.close();
  });
});

function start(settings: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, [...programOf('src/main.ts')], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (out += String(part)));
  return new Promise((resolve) =>
    child.on('close', (code) => resolve({ code, lines: out.trim().split('\n') })),
  );
}

const opMsg = 2013;

/** A server that only introduces itself, as a MongoDB server of such a kind does. */
function mongod(hello: object): Promise<Server> {
  const answer = (to: Buffer): Buffer => {
    const legacy = to.readInt32LE(12) !== opMsg;
    const greeting = { ok: 1, ismaster: true, isWritablePrimary: true, minWireVersion: 0, ...hello };
    const reply = legacy || 'hello' in deserialize(to.subarray(21)) ? greeting : { ok: 1 };
    const document = serialize(reply);
    // OP_REPLY answers the handshake of old, OP_MSG all else.
    const body = legacy
      ? Buffer.concat([Buffer.alloc(16), Buffer.from([1, 0, 0, 0]), document])
      : Buffer.concat([Buffer.alloc(5), document]);
    const head = Buffer.alloc(16);
    head.writeInt32LE(16 + body.length, 0);
    head.writeInt32LE(to.readInt32LE(4), 8);
    head.writeInt32LE(legacy ? 1 : opMsg, 12);
    if (legacy) body.writeInt32LE(1, 16);
    return Buffer.concat([head, body]);
  };
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (message: Buffer) => void socket.write(answer(message)));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
