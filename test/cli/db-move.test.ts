import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { developmentConfig } from '../../src/config.ts';
import { writeDemoMarker } from '../../src/demo-marker.ts';
import { district } from '../../src/domain/accounts/scope.ts';
import { start, type EmbeddedDatabase } from '../../src/embedded-db/index.ts';
import { connect } from '../../src/persistence/connection.ts';
import { startSealer } from '../../src/sealer.ts';
import { openProduct } from '../../src/server.ts';
import { printFileOf } from '../../src/use-cases/certifications/make-print-file.ts';
import { markAttendance } from '../../src/use-cases/training/mark-attendance.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../support/certificates.ts';
import { runCommand, startCommand, type Ended } from '../support/commands.ts';
import { aRunningSession, everybody } from '../support/training.ts';
import { openFolderWorld } from '../support/world.ts';

const move = (args: readonly string[], settings: Record<string, string> = {}): Promise<Ended> =>
  runCommand('src/cli/db-move.ts', args, settings);

/** A way to a server's socket that breaks for good once so many bytes went through. */
function openBreakingDoor(path: string, uri: string, bytes: number): Promise<void> {
  const server = decodeURIComponent(/^mongodb:\/\/([^/]*)/.exec(uri)![1]!);
  const open = new Set<Socket>();
  let passed = 0;
  const door = createServer((client) => {
    const behind = connectSocket(server);
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    client.on('data', (part) => {
      passed += part.length;
      if (passed < bytes) return;
      door.close();
      for (const socket of open) socket.destroy();
    });
  });
  return new Promise((resolve) => door.listen(path, resolve));
}

describe('cli/db-move', function () {
  this.timeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-move-'));
  const dir = join(root, 'office');
  const back = join(root, 'back');
  const keyFile = join(root, 'office.key');
  let served: EmbeddedDatabase;
  let uri: string;
  const config = (place: { dataDir?: string; mongodbUri?: string }) =>
    developmentConfig({
      ...place,
      keyFile,
      sessionSecret: 'a secret for the tests only, 32+',
      logLevel: 'silent',
    });

  before(async () => {
    served = await start({ dir: join(root, 'served'), durable: false });
    uri = served.uri.replace('/?', '/skillroll?');
    const world = await openFolderWorld(config({ dataDir: dir }));
    const { product } = world;
    const running = await aRunningSession(world, { people: 3 });
    await markAttendance(world.deps, {
      actor: running.staff,
      lessonId: running.lessons[0]!.id,
      marks: everybody(running.enrolments),
    });
    const evaluator = await anEvaluator(world.deps);
    const people = await peopleOf(world.deps, evaluator, ['周八', '吴九']);
    const certificates = await certificatesFor(world.deps, evaluator, people);
    for (const print of await world.deps.prints.of(certificates)) {
      const certificate = certificates.find(({ id }) => id === print.certificateId)!;
      await printFileOf(world.deps, certificate, print.id);
    }
    await product.close();
  });
  after(async () => {
    await served.stop();
    rmSync(root, { recursive: true, force: true });
  });

  /** The year's figures, and number and hash of every certificate's file as it can be read there. */
  async function stateOf(place: { dataDir?: string; mongodbUri?: string }) {
    const product = await openProduct(config(place), { durable: false });
    const prints = await product.deps.prints.find(district, {}, { sort: { flowNumber: 1 } });
    const hashes: string[] = [];
    for (const { flowNumber, fileId, sha256 } of prints) {
      const { bytes } = await product.deps.keptFiles.read(fileId!);
      hashes.push(`${flowNumber} ${createHash('sha256').update(bytes).digest('hex')} ${sha256}`);
    }
    const certificates = await product.deps.certificates.find(district, {}, { sort: { number: 1 } });
    await product.close();
    const settings: Record<string, string> = place.mongodbUri ? { MONGODB_URI: place.mongodbUri } : {};
    const { out } = await runCommand(
      'src/cli/bulletin.ts',
      ['--year', '2021', '--json', ...(place.dataDir ? ['--data', place.dataDir] : [])],
      settings,
    );
    return { figures: (JSON.parse(out) as { figures: unknown }).figures, hashes, certificates };
  }

  it('says what it would copy, moves to a MongoDB and back, and every figure and hash is the same', async () => {
    const before = await stateOf({ dataDir: dir });
    expect(before.hashes).to.have.length(2);
    expect(before.certificates).to.have.length(2);
    const announced = await move(['--to', uri, '--data', dir, '--dry-run']);
    expect(announced.code, announced.out).to.equal(0);
    expect(announced.out)
      .to.match(/\ncertificates +2 +[\d.]+ kB +\d+\n/)
      .and.match(/\d+ documents in \d+ collections, [\d.]+ [kM]B would be copied. Nothing was written/)
      .and.include('The target is empty.');

    const moved = await move(['--to', uri], { SKILLROLL_DATA: dir });
    expect(moved.code, moved.out).to.equal(0);
    expect(moved.out)
      .to.match(/\] 100 %/)
      .and.match(/\ncertificates +2 +[0-9a-f]{16}\n/)
      .and.include('counts, digests and indexes are the same on both sides')
      .and.include('Start the application with MONGODB_URI');
    expect(await stateOf({ mongodbUri: uri })).to.deep.equal(before);

    const returned = await move(['--from', uri, '--data', back]);
    expect(returned.code, returned.out).to.equal(0);
    expect(returned.out).to.include('the key file it had with that MongoDB').and.not.include('back.key');
    expect(await stateOf({ dataDir: back })).to.deep.equal(before);
  });

  it('goes on after it was killed', async () => {
    const again = uri.replace('/skillroll?', '/killed?');
    const half = startCommand('src/cli/db-move.ts', ['--to', again, '--data', dir]);
    await half.wrote(' % ');
    half.kill('SIGKILL');
    await half.ended;
    const announced = await move(['--to', again, '--data', dir, '--dry-run']);
    expect(announced.out)
      .to.include('The target holds this move unfinished: the same command without')
      .and.not.include('--into-existing');
    const resumed = await move(['--to', again, '--data', dir]);
    expect(resumed.code, resumed.out).to.equal(0);
    expect((await move(['--to', again, '--data', dir])).out).to.include('The target is not empty');
  });

  it('goes on after the target went away, with its address in MONGODB_URI alone', async () => {
    const again = uri.replace('/skillroll?', '/gone?');
    const door = join(root, 'door.sock');
    await openBreakingDoor(door, served.uri, 60_000);
    const through = again.replace(/\/\/[^/]*/, `//${encodeURIComponent(door)}`);
    const stopped = await move(['--to', '--data', dir], { MONGODB_URI: through });
    expect(stopped.code).to.equal(1);
    expect(stopped.out).to.match(/The move stopped: .*\. The source is as it was; the same command goes on/);
    const resumed = await move(['--to', '--data', dir], { MONGODB_URI: again });
    expect(resumed.code, resumed.out).to.equal(0);
    expect(resumed.out).to.match(/\n[1-9]\d* documents were there from before/);
  });

  it('refuses a MongoDB on which an application works, and announces beside it', async () => {
    const product = await openProduct(config({ mongodbUri: uri }), { durable: false });
    const sealer = startSealer(product.deps);
    const connection = await connect(uri);
    const leased = { leaseUntil: { $gt: new Date(0) } };
    while ((await connection.collection('trailHeads').countDocuments(leased)) === 0) await sleep(50);
    await connection.close();
    const worked = join(root, 'worked');
    const [refused, announced] = await Promise.all([
      move(['--from', uri, '--data', worked]),
      move(['--from', uri, '--data', worked, '--dry-run']),
    ]);
    await sealer.stop();
    await product.close();
    expect(refused.code).to.equal(1);
    expect(refused.out).to.include('An application works on mongodb://').and.include('Stop every process');
    expect(existsSync(worked)).to.equal(false);
    expect(announced.code, announced.out).to.equal(0);
  });

  it('announces what --into-existing would do', async () => {
    const shared = uri.replace('/skillroll?', '/shared?');
    const connection = await connect(shared);
    await connection.collection('others').insertOne({});
    const args = ['--to', shared, '--data', dir, '--dry-run', '--into-existing'];
    const beside = await move(args);
    await connection.collection('certificates').insertOne({});
    const mixed = await move(args);
    await connection.close();
    expect(beside.code, beside.out).to.equal(0);
    expect(beside.out).to.match(
      /The target holds 1 documents in 1 collections, .* stay beside what is moved/,
    );
    expect(mixed.code).to.equal(1);
    expect(mixed.out).to.include("The target's certificates holds other documents");
  });

  it('refuses a folder that the application serves, and announces beside it', async () => {
    const product = await openProduct(config({ dataDir: back }), { durable: false });
    const refused = await move(['--to', uri, '--data', back]);
    const announced = await move(['--to', uri, '--data', back, '--dry-run']);
    await product.close();
    expect(refused.code).to.equal(1);
    expect(refused.out).to.include(`in use by process ${process.pid}`);
    expect(announced.code, announced.out).to.equal(0);
    expect(announced.out).to.include('it needs --into-existing');
  });

  it('refuses what it cannot move, in one sentence, and writes nothing', async () => {
    const demo = join(root, 'demo');
    mkdirSync(demo);
    cpSync(join(dir, 'data.mdb'), join(demo, 'data.mdb'));
    writeDemoMarker(demo, { seed: 1, scale: 1, version: '2', complete: true });
    const none = join(root, 'none');
    const cases: [readonly string[], string][] = [
      [['--data', dir], 'Say either --to or --from'],
      [['--to', uri, '--from', uri, '--data', dir], 'Say either --to or --from'],
      [['--to', 'mongodb://user:secret@db.example:27017', '--data', dir], 'Name the database'],
      [
        ['--to', uri.replace('/skillroll?', '/admin?'), '--data', dir],
        'MongoDB keeps its own records in admin',
      ],
      [['--to', uri], 'Say which folder'],
      [['--to', '--data', dir], 'or alone with the address in MONGODB_URI'],
      [['--to', uri, '--data', none], 'There is no data in'],
      [[uri.replace('//', '//user:s3c/secret@')], 'An argument that may hold a password is not known here'],
      [['--to', uri, '--data', 'mongodb://user:secret@db.example/skillroll'], '--data names a folder'],
      ...['u:s3c/secret@', 'u:s3c@secret@', ''].map((who): [readonly string[], string] => [
        ['--from', `mongodb://${who}127.0.0.1:1/skillroll?replicaSet=rs0`, '--data', none],
        'The database at mongodb://127.0.0.1:1/skillroll cannot be opened: ',
      ]),
      [
        ['--from', uri.replace('/skillroll?', '/mistyped?'), '--data', none],
        'There is nothing in mongodb://',
      ],
      [['--from', uri.replace('/skillroll?', '/mistyped?'), '--data', none, '--dry-run'], 'There is nothing'],
      [['--to', uri.replace('/skillroll?', '/a.b?'), '--data', dir], "cannot contain the character '.'"],
      [['--to', uri, '--data', demo], 'is a demo folder'],
      [['--from', uri, '--data', demo], 'is a demo folder'],
    ];
    const refused = await Promise.all(cases.map(([args]) => move(args)));
    refused.forEach(({ code, out }, index) => {
      expect(code, out).to.equal(1);
      expect(out).to.include(cases[index]![1]).and.not.include('secret');
      expect(out.trim().split('\n'), out).to.have.length(1);
    });
    expect(existsSync(none)).to.equal(false);
  });
});
