import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentConfig } from '../../src/config.ts';
import { district } from '../../src/domain/accounts/scope.ts';
import { start } from '../../src/embedded-db/index.ts';
import { openProduct } from '../../src/server.ts';
import { printFileOf } from '../../src/use-cases/certifications/make-print-file.ts';
import { markAttendance } from '../../src/use-cases/training/mark-attendance.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../support/certificates.ts';
import { databaseTools, orSkip, run } from '../support/client-tools.ts';
import { runCommand, startCommand } from '../support/commands.ts';
import { aRunningSession, everybody } from '../support/training.ts';
import { TOOLS_VERSION } from './support/versions.ts';

describe('clients: an office carried to another folder by mongodump and mongorestore', function () {
  this.timeout(1_800_000);
  let tools: Record<'mongodump' | 'mongorestore', string>;
  const root = mkdtempSync(join(tmpdir(), 'skillroll-carried-'));
  const keyFile = join(root, 'office.key');
  const config = (dir: string) =>
    developmentConfig({
      dataDir: dir,
      keyFile,
      sessionSecret: 'a secret for the tests only, 32+',
      logLevel: 'silent',
    });
  before(async function () {
    tools = await orSkip(this, 'the database tools', () =>
      databaseTools(TOOLS_VERSION, ['mongodump', 'mongorestore']),
    );
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  async function fill(dir: string): Promise<void> {
    let now = new Date('2021-03-01T12:00:00+08:00');
    const product = await openProduct(config(dir), { durable: false, passwordCost: 4, now: () => now });
    const { deps } = product;
    const at = (day: string): void => void (now = new Date(`${day}T12:00:00+08:00`));
    const world = { deps, now: () => now, at, close: () => Promise.resolve() };
    const { staff, lessons, enrolments } = await aRunningSession(world, { people: 3 });
    await markAttendance(deps, { actor: staff, lessonId: lessons[0]!.id, marks: everybody(enrolments) });
    const evaluator = await anEvaluator(deps);
    const people = await peopleOf(deps, evaluator, ['周八', '吴九']);
    const certificates = await certificatesFor(deps, evaluator, people);
    for (const print of await deps.prints.of(certificates))
      await printFileOf(
        deps,
        certificates.find(({ id }) => id === print.certificateId)!,
        print.id,
      );
    await product.close();
  }

  /** The year's figures, and number and hash of every certificate's file as it can be read there. */
  async function stateOf(dir: string): Promise<{ figures: unknown; hashes: readonly string[] }> {
    const product = await openProduct(config(dir), { durable: false });
    const prints = await product.deps.prints.find(district, {}, { sort: { flowNumber: 1 } });
    const hashes: string[] = [];
    for (const { flowNumber, fileId, sha256 } of prints) {
      const { bytes } = await product.deps.keptFiles.read(fileId!);
      hashes.push(`${flowNumber} ${createHash('sha256').update(bytes).digest('hex')} ${sha256}`);
    }
    await product.close();
    const { out } = await runCommand('src/cli/bulletin.ts', ['--year', '2021', '--json', '--data', dir]);
    return { figures: (JSON.parse(out) as { figures: unknown }).figures, hashes };
  }

  /** Runs a tool against the folder while it is open to clients. */
  async function withOpen(dir: string, use: (uri: string) => Promise<void>): Promise<void> {
    const command = startCommand('src/cli/db-serve.ts', ['--data', dir]);
    try {
      await use(/mongodb:\/\/\S+/.exec(await command.wrote('It ends with this command'))![0]);
    } finally {
      command.kill('SIGTERM');
      await command.ended;
    }
  }

  async function succeed(program: string, ...args: string[]): Promise<void> {
    const { code, err } = await run(program, args);
    expect(code, err).to.equal(0);
  }

  it('has the same figures and the same certificates there, and every index right', async () => {
    const [office, carried] = [join(root, 'office'), join(root, 'carried')];
    await fill(office);
    const before = await stateOf(office);
    expect(before.hashes).to.have.length(2);
    const archive = `--archive=${join(root, 'office.gz')}`;
    await withOpen(office, (uri) => succeed(tools.mongodump, `--uri=${uri}`, '--gzip', archive));
    const empty = await start({ dir: carried });
    await empty.stop();
    // Archives name their databases; the address must not.
    await withOpen(carried, (uri) =>
      succeed(tools.mongorestore, `--uri=${uri.replace('/skillroll?', '/?')}`, '--gzip', archive),
    );
    const checked = await runCommand('src/cli/db-check.ts', ['--data', carried]);
    expect(checked.code, checked.out).to.equal(0);
    expect(await stateOf(carried)).to.deep.equal(before);
  });
});
