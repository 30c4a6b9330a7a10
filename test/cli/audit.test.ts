import { Binary } from 'bson';
import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDaysCheckpoint } from '../../src/checkpoint-writer.ts';
import { developmentConfig } from '../../src/config.ts';
import { openProduct, startServer } from '../../src/server.ts';
import { sealAll } from '../../src/sealer.ts';
import { anActor } from '../support/builders.ts';
import { runCommand } from '../support/commands.ts';

describe('cli/audit-verify, cli/audit-checkpoint', function () {
  this.timeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-audit-'));
  const dir = join(root, 'year');
  const folder = join(root, 'checkpoints');
  const config = developmentConfig({
    dataDir: dir,
    keyFile: `${dir}.key`,
    checkpointDir: folder,
    sessionSecret: 'a secret for the tests only, 32+',
    logLevel: 'silent',
  });
  const verify = (...given: string[]) => runCommand('src/cli/audit-verify.ts', ['--data', dir, ...given]);
  const open = () => openProduct(config, { durable: false, passwordCost: 4 });
  let first: string;
  after(() => rmSync(root, { recursive: true, force: true }));

  before(async () => {
    const product = await open();
    expect(await writeDaysCheckpoint(product.deps), 'nothing is sealed yet').to.equal(null);
    for (let count = 0; count < 4; count += 1) await anActor(product.deps, 'auditor');
    await sealAll(product.deps);
    first = (await writeDaysCheckpoint(product.deps))!;
    await anActor(product.deps, 'auditor');
    await sealAll(product.deps);
    expect(await writeDaysCheckpoint(product.deps), 'one a day').to.equal(first);
    await product.close();
  });

  it('says that the trail is whole, also while another process serves it', async () => {
    const product = await open();
    const { code, out } = await verify();
    await product.close();
    expect(out).to.include('The trail is whole: 5 events');
    expect(code).to.equal(0);
    const alone = await verify('--checkpoint', first);
    expect(alone.out).to.include('agrees with the checkpoint').and.not.include('No public key');
    expect(alone.code).to.equal(0);
  });

  it('writes a checkpoint on demand, with a key only its owner reads and the public one beside', async () => {
    const { code, out } = await runCommand('src/cli/audit-checkpoint.ts', ['--data', dir, '--to', folder]);
    expect(out).to.include('reaches number 5');
    expect(code).to.equal(0);
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).to.have.length(2);
    expect(statSync(`${dir}.key.trail.pem`).mode & 0o077).to.equal(0);
    const all = await verify('--checkpoint', folder, '--public-key', join(folder, 'trail-public-key.pem'));
    expect(all.out).to.include('agrees with 2 checkpoints');
    expect(all.code).to.equal(0);
    const nowhere = await runCommand('src/cli/audit-checkpoint.ts', ['--data', dir]);
    expect(nowhere.code).to.equal(1);
    expect(nowhere.out).to.include('TRAIL_CHECKPOINTS');
  });

  it('refuses a checkpoint that another key signed, or that was altered', async () => {
    const other = join(root, 'other');
    await runCommand('src/cli/audit-checkpoint.ts', ['--data', dir, '--to', other], {
      KEY_FILE: join(root, 'another.key'),
    });
    const forged = await verify('--checkpoint', other);
    expect(forged.code).to.equal(1);
    expect(forged.out).to.include('not signed by the key given');
    const altered = join(root, 'altered.json');
    const checkpoint = JSON.parse(readFileSync(first, 'utf8')) as { number: number };
    writeFileSync(altered, JSON.stringify({ ...checkpoint, number: checkpoint.number - 1 }));
    expect((await verify('--checkpoint', altered)).code).to.equal(1);
    writeFileSync(altered, '{}');
    expect((await verify('--checkpoint', altered)).out).to.include('is not a checkpoint');
    expect((await verify('--checkpoint', join(root, 'none'))).out).to.include('There is no checkpoint');
    expect((await verify('--public-key', altered)).out).to.include('--public-key needs --checkpoint');
    for (const key of [altered, join(root, 'none'), root])
      expect((await verify('--checkpoint', first, '--public-key', key)).out).to.match(
        /^\S+ is not the public key of a trail: name trail-public-key\.pem[^\n]*\n$/,
      );
  });

  it('says which place it cannot write to', async () => {
    const occupied = join(first, 'checkpoints');
    const { code, out } = await runCommand('src/cli/audit-checkpoint.ts', ['--data', dir, '--to', occupied]);
    expect(code).to.equal(1);
    expect(out).to.equal(
      `${occupied} cannot be written: a part of its path is a file. Mend that, or name another place, and run the command again; nothing else has to be done.\n`,
    );
  });

  it('is sealed by the running application, which writes the day’s checkpoint and seals the rest when it stops', async () => {
    const own = join(root, 'served');
    const served = {
      ...config,
      dataDir: own,
      keyFile: `${own}.key`,
      checkpointDir: `${own}-checkpoints`,
      port: 0,
    };
    for (let start = 1; start <= 2; start += 1) {
      const server = await startServer(served);
      await anActor(server.deps, 'auditor');
      await server.stop();
      const { code, out } = await runCommand('src/cli/audit-verify.ts', ['--data', own]);
      expect(out).to.include(`The trail is whole: ${start} events`);
      expect(code).to.equal(0);
    }
    expect(readdirSync(`${own}-checkpoints`)).to.have.length(2);
    const witnessed = await runCommand('src/cli/audit-verify.ts', [
      '--data',
      own,
      '--checkpoint',
      `${own}-checkpoints`,
    ]);
    expect(witnessed.out).to.include('agrees with the checkpoint');
  });

  it('needs records', async () => {
    const none = await runCommand('src/cli/audit-verify.ts', ['--data', root]);
    expect(none.out).to.include('There are no records');
    expect(none.code).to.equal(1);
  });

  it('names what was altered or cut, and ends with 1', async () => {
    const product = await open();
    const db = product.deps.people.model.db.db!;
    const batches = db.collection<{ _id: number; ids: string[]; hashes: Binary }>('trailSeals');
    const { ids, hashes } = (await batches.findOne({ _id: 1 }))!;
    const three = { ids: ids.slice(0, 3), hashes: new Binary(hashes.buffer.subarray(0, 96)) };
    await db.collection<{ _id: string }>('events').deleteMany({ _id: { $nin: three.ids } });
    await batches.deleteMany({ _id: { $gt: 1 } });
    await batches.updateOne({ _id: 1 }, { $set: three });
    const seal = { number: 3, hash: Buffer.from(hashes.buffer).toString('hex', 64, 96) };
    await db.collection<{ _id: string }>('trailHeads').updateOne({ _id: 'events' }, { $set: { ...seal } });
    await product.close();
    const alone = await verify();
    expect(alone.code).to.equal(1);
    expect(alone.out).to.include('In accounts records have had 2 more versions than events tell of');
    expect(alone.out).not.to.include('Missing');
    const cut = await verify('--checkpoint', first);
    expect(cut.code).to.equal(1);
    expect(cut.out).to.include('Missing at the end: number 4.').and.include('holds up to number 3');

    const again = await open();
    const copy = again.deps.people.model.db.db!;
    const second = { _id: ids[1]! };
    await copy
      .collection<{ _id: string }>('events')
      .updateOne(second, { $set: { 'who.name': 'Somebody else' } });
    await again.close();
    const altered = await verify();
    expect(altered.code).to.equal(1);
    expect(altered.out).to.include('Number 2 was altered').and.not.include('Somebody');
  });
});
