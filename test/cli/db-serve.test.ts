import { expect } from 'chai';
import mongoose from 'mongoose';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../src/embedded-db/index.ts';
import { runCommand, startCommand, type Command } from '../support/commands.ts';

const { MongoClient } = mongoose.mongo;

const serve = (args: readonly string[], settings: Record<string, string> = {}): Command =>
  startCommand('src/cli/db-serve.ts', args, settings);
const served = async (command: Command): Promise<string> =>
  /mongodb:\/\/\S+/.exec(await command.wrote('It ends with this command'))![0];

describe('cli/db-serve', function () {
  this.timeout(60_000);
  let root: string;
  let dir: string;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'skillroll-serve-'));
    dir = join(root, 'office');
    const server = await start({ dir, durable: false });
    const client = await new MongoClient(server.uri).connect();
    await client.db('skillroll').collection('areas').insertOne({ name: '东湖' });
    await client.close();
    await server.stop();
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('opens a folder on loopback until it is interrupted, with another password each time', async () => {
    const uris: string[] = [];
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const command = serve(['--data', dir]);
      const uri = await served(command);
      uris.push(uri);
      const client = await new MongoClient(uri).connect();
      expect(await client.db().collection('areas').distinct('name')).to.deep.equal(['东湖']);
      await client.close();
      command.kill(signal);
      expect(await command.ended).to.include({ code: 0 });
      expect(existsSync(join(dir, 'lock'))).to.equal(false);
    }
    const [one, other] = uris.map((uri) => new URL(uri));
    expect(one).to.include({ hostname: '127.0.0.1', pathname: '/skillroll' });
    expect(one!.username).to.not.equal(other!.username);
    expect(one!.password).to.have.length(32).and.not.equal(other!.password);
  });

  it('opens it on a socket, and lets nobody in without the password', async () => {
    const socket = join(root, 'office.sock');
    const command = serve(['--socket', socket], { SKILLROLL_DATA: dir });
    const uri = await served(command);
    const client = await new MongoClient(uri).connect();
    expect(await client.db().collection('areas').countDocuments()).to.equal(1);
    await client.close();
    const stranger = new MongoClient(uri.replace(/\/\/.*@/, '//').replace('authSource=admin&', ''));
    const refused = await stranger
      .db()
      .collection('areas')
      .findOne()
      .catch((error: unknown) => error);
    await stranger.close();
    expect(refused).to.include({ code: 13 });
    command.kill('SIGTERM');
    expect(await command.ended).to.include({ code: 0 });
    expect(existsSync(socket)).to.equal(false);
  });

  it('takes the socket over that a killed one left, and no other', async () => {
    const socket = join(root, 'killed.sock');
    const first = serve(['--data', dir, '--socket', socket]);
    await served(first);
    const other = join(root, 'other');
    mkdirSync(other);
    cpSync(join(dir, 'data.mdb'), join(other, 'data.mdb'));
    const beside = await runCommand('src/cli/db-serve.ts', ['--data', other, '--socket', socket]);
    expect(beside).to.include({ code: 1, out: `${socket} is there already: choose another path.\n` });
    first.kill('SIGKILL');
    await first.ended;
    expect(existsSync(socket)).to.equal(true);
    const second = serve(['--data', dir, '--socket', socket]);
    const client = await new MongoClient(await served(second)).connect();
    expect(await client.db().collection('areas').countDocuments()).to.equal(1);
    await client.close();
    second.kill('SIGTERM');
    expect(await second.ended).to.include({ code: 0 });
  });

  it('refuses a folder that the application serves, and what it cannot open, in one sentence', async () => {
    const server = await start({ dir, durable: false });
    const inUse = await runCommand('src/cli/db-serve.ts', ['--data', dir]);
    await server.stop();
    expect(inUse.code).to.equal(1);
    expect(inUse.out).to.match(/^The data in .* is in use by process \d+: stop that process[^\n]*\n$/);

    const cases: [readonly string[], string, Record<string, string>?][] = [
      [['--data', join(root, 'none')], 'There is no data in'],
      [['--data', dir, '--port', '70000'], '--port needs a whole number'],
      [['--data', dir, '--port', 'x'], '--port needs a number'],
      [['--data', dir, '--port', '1', '--socket', 's'], 'Say either --port or --socket'],
      [['--data', dir, '--socket'], 'Say which socket'],
      [['--data', dir, '--socket', join(root, 'none', 's')], 'cannot be made'],
      [[], 'Say which folder'],
      [[], 'Other clients reach it there', { MONGODB_URI: 'mongodb://db.example/skillroll' }],
    ];
    const refused = await Promise.all(
      cases.map(([args, , settings]) => runCommand('src/cli/db-serve.ts', args, settings)),
    );
    refused.forEach(({ code, out }, index) => {
      expect(code, out).to.equal(1);
      expect(out).to.include(cases[index]![1]);
      expect(out.trim().split('\n'), out).to.have.length(1);
    });
    expect(existsSync(join(root, 'none'))).to.equal(false);
  });
});
