// Keys are rotated beneath a running product: nobody is lost, nobody is taken twice, and the old keys open nothing more.
import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentConfig } from '../../../src/config.ts';
import { createDeps, type Deps } from '../../../src/deps.ts';
import { createLog } from '../../../src/log.ts';
import {
  ensureKeyFile,
  newRing,
  readCipher,
  readKeyFile,
  replaceKeyFile,
} from '../../../src/persistence/cipher.ts';
import { rotateKeys } from '../../../src/persistence/rotation/rotate-keys.ts';
import { sealedCollections } from '../../../src/persistence/rotation/sealed-fields.ts';
import { makeRecoveryCode, normaliseRecoveryCode } from '../../../src/domain/accounts/recovery-code.ts';
import { makeClaimCodes } from '../../../src/use-cases/certifications/make-claim-codes.ts';
import { registerPeople } from '../../../src/use-cases/people/register-people.ts';
import { searchPeople } from '../../../src/use-cases/people/search-people.ts';
import { district } from '../../../src/domain/accounts/scope.ts';
import { openTestDatabase } from '../../support/database.ts';
import { anActor } from '../../support/builders.ts';
import { anEvaluator, certificatesFor, peopleOf } from '../../support/certificates.ts';
import { addDays, dayOf } from '../../../src/domain/shared/calendar-day.ts';
import { checkRoster } from '../../../src/use-cases/training/check-roster.ts';
import { refusalOf } from '../../support/training.ts';
import { anIdNumber, aRow, aSession } from '../../support/rosters.ts';

describe('persistence/rotation/rotate-keys', function () {
  this.timeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'skillroll-rotate-'));
  const keyFile = join(root, 'skillroll.key');
  let database: Awaited<ReturnType<typeof openTestDatabase>>;
  let deps: Deps;
  const grace = 2_200;
  before(async () => {
    database = await openTestDatabase();
    ensureKeyFile(keyFile);
    deps = await open();
  });
  after(async () => {
    await database?.drop();
    rmSync(root, { recursive: true, force: true });
  });

  function open(): Promise<Deps> {
    const config = developmentConfig({ sessionSecret: 'a secret for the tests only, 32+', keyFile });
    return createDeps(config, database.connection, {
      cipher: readCipher(keyFile),
      log: createLog('silent'),
      passwordCost: 4,
    });
  }

  const register = (number: string, used: Deps = deps) =>
    deps.transaction(() =>
      registerPeople(used, {
        stated: [
          {
            name: '周甲',
            nameKey: '周甲',
            documentType: 'resident_identity_card',
            documentNumber: number,
            birthDay: null,
            gender: null,
            mobile: '13800000000',
            education: null,
            householdRegistration: null,
            keyGroups: [],
          },
        ],
        owner: { centreId: 'somebody' },
        day: '2021-03-01',
        now: deps.now(),
      }),
    );
  const findsByNumber = async (number: string) => {
    const actor = await anActor(deps, 'bureauOfficer');
    const found = await searchPeople(deps, { actor, text: number });
    return 'personId' in found ? found.personId : null;
  };
  /** Ids of keys that any stored value bears. */
  async function keysInUse(): Promise<Set<string>> {
    const ids = new Set<string>();
    for (const { name, sealed, hashed, hashLists = [] } of sealedCollections)
      for (const document of await database.connection.collection(name).find({}).toArray()) {
        for (const field of sealed) {
          const value: unknown = document[field];
          const bytes =
            typeof value === 'string'
              ? Buffer.from(value, 'base64url')
              : ((value as { buffer?: Buffer } | null)?.buffer ?? null);
          if (bytes) ids.add(bytes.subarray(0, 4).toString('hex'));
        }
        for (const field of hashLists)
          for (const hash of document[field] as string[]) ids.add(hash.split('.')[0]!);
        for (const field of hashed)
          if (typeof document[field] === 'string') ids.add(document[field].split('.')[0]!);
      }
    return ids;
  }

  it('goes on after an interruption while people are registered, keeps every look-up, and forgets the old keys', async () => {
    const old = readKeyFile(keyFile);
    const numbers = Array.from({ length: 120 }, () => anIdNumber('1990-01-01'));
    for (const number of numbers) await register(number);
    const evaluator = await anEvaluator(deps);
    const [certificate] = await certificatesFor(deps, evaluator, await peopleOf(deps, evaluator, ['周甲']));
    const [slip] = await makeClaimCodes(deps, { actor: evaluator.staff, batchId: certificate!.batchId! });
    const print = (await deps.prints.findOne(district, { certificateId: certificate!.id }))!;
    const token = deps.cipher.open(print.checkAddressSealed).split('/c/')[1]!;
    const kept = await deps.keptFiles.keep({
      name: 'a.pdf',
      type: 'application/pdf',
      bytes: Buffer.from('file of somebody'),
      at: deps.now(),
    });
    const officer = await anActor(deps, 'bureauOfficer');
    const recovery = makeRecoveryCode(deps.randomBytes);
    const secret = deps.randomBytes(20);
    await deps.transaction(() =>
      deps.credentials.keepSecret(officer.accountId, secret, 0, [normaliseRecoveryCode(recovery)!]),
    );

    const { session, staff } = await aSession(deps, {
      startsOn: addDays(dayOf(deps.now()), 7),
      endsOn: addDays(dayOf(deps.now()), 60),
    });
    const aDocument = anIdNumber();
    const owner = {
      personId: 'nobody',
      nameKey: '周乙',
      documentType: 'resident_identity_card',
      documentNumber: aDocument,
    };
    for (const file of [1, 2])
      await checkRoster(deps, {
        actor: staff,
        sessionId: session.id,
        rows: [aRow(file, { name: '周乙', documentNumber: aDocument })],
      });
    // As a part kept before there were hashes of its rows.
    const parts = database.connection.collection<{ _id: string }>('rosterImportParts');
    const [early] = await parts.find({}).toArray();
    await parts.updateOne({ _id: early!._id }, { $unset: { documentHashes: '' } });
    expect(await deps.rosterImports.rowsAbout([], [owner])).to.have.length(1);

    const stop = new Error('killed');
    let thrown: unknown = null;
    const interrupted = rotateKeys(database.connection, keyFile, {
      now: deps.now(),
      grace,
      onProgress: (share) => {
        if (share > 0.5) throw stop;
      },
    }).catch((error: unknown) => (thrown = error));
    const meanwhile: string[] = [];
    let running = true;
    const registering = (async () => {
      while (running) {
        const fresh = anIdNumber('1991-02-02');
        meanwhile.push(fresh);
        const [first, second] = await Promise.all([register(fresh), register(fresh)]);
        expect(first[0]!.personId).to.equal(second[0]!.personId);
        const again = await register(numbers[meanwhile.length % numbers.length]!);
        expect(again[0]!.verdict).to.equal('matched');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    await interrupted;
    expect(thrown).to.equal(stop);
    expect(Object.keys(readKeyFile(keyFile).keys)).to.have.length(2);

    const done = await rotateKeys(database.connection, keyFile, { now: deps.now(), grace });
    running = false;
    await registering;
    expect(done.resumed).to.equal(true);
    expect(meanwhile.length).to.be.above(10);

    const present = readKeyFile(keyFile);
    expect(Object.keys(present.keys)).to.deep.equal([present.current]);
    expect(present.current).to.not.equal(old.current);
    expect([...(await keysInUse())].sort()).to.deep.equal([present.current, present.hashing.current].sort());
    expect(done.kept).to.deep.equal([
      { keyId: old.hashing.current, uses: ['1 claim codes', '1 recovery codes'] },
    ]);

    // The running product reads the file again, without a restart.
    await new Promise((resolve) => setTimeout(resolve, grace));
    const people = await deps.people.count(district, {});
    expect(people).to.equal(numbers.length + meanwhile.length + 1);
    for (const number of [numbers[0]!, numbers.at(-1)!, meanwhile[0]!, meanwhile.at(-1)!])
      expect(await findsByNumber(number), 'found by its number').to.be.a('string');
    expect((await deps.unscoped.certificateChecks.byToken(token))!.certificate.id).to.equal(certificate!.id);
    expect(
      await deps.claimCodes.holds(certificate!.personId, slip!.claimCode.replaceAll('-', ''), '2021-03-01'),
    ).to.equal(true);
    expect(await deps.rosterImports.rowsAbout([], [owner]), 'rows by document').to.have.length(2);
    expect((await deps.keptFiles.read(kept.id)).bytes.toString()).to.equal('file of somebody');
    expect([...(await deps.credentials.of(officer.accountId))!.secret!]).to.deep.equal([...secret]);
    expect(
      await deps.credentials.spendRecoveryCode(officer.accountId, normaliseRecoveryCode(recovery)!),
    ).to.equal(true);
  });

  it('forgets an old look-up key once its last code is used or over', async () => {
    const before = readKeyFile(keyFile);
    expect(Object.keys(before.hashing.keys)).to.have.length(2);
    await database.connection.collection('claimCodes').updateMany({}, { $set: { endsOn: '2020-01-01' } });
    const { kept, resumed } = await rotateKeys(database.connection, keyFile, { now: deps.now(), grace });
    expect(resumed).to.equal(false);
    expect(kept).to.deep.equal([]);
    const present = readKeyFile(keyFile);
    expect(Object.keys(present.hashing.keys)).to.deep.equal([present.hashing.current]);
    expect(readFileSync(keyFile, 'utf8')).to.not.include(before.hashing.current);
  });

  it('registers a person whose number is looked up under one key and recorded when there is another', async () => {
    const ring = newRing();
    // What a rotation does between two steps of a registration.
    const changing: Deps = {
      ...deps,
      serials: {
        ...deps.serials,
        async take(...given) {
          const file = readKeyFile(keyFile);
          const keys = { ...file.hashing.keys, ...ring.keys };
          replaceKeyFile(keyFile, { ...file, hashing: { current: ring.current, keys } });
          return deps.serials.take(...given);
        },
      },
      people: {
        ...deps.people,
        async addMany(...given) {
          await new Promise((resolve) => setTimeout(resolve, grace));
          return deps.people.addMany(...given);
        },
      },
    };
    const [registered] = await register(anIdNumber('1992-03-03'), changing);
    expect(registered!.verdict).to.equal('new');
    expect((await deps.people.get(district, registered!.personId!)).documentHash).to.be.a('string');
  });

  it('forgets no key while another rotation brings values under the next one', async () => {
    let [own, others] = ['', ''];
    const anotherSwitches = () => {
      if (others !== '') return;
      const file = readKeyFile(keyFile);
      const next = newRing();
      [own, others] = [file.current, next.current];
      replaceKeyFile(keyFile, { ...file, current: others, keys: { ...file.keys, ...next.keys } });
    };
    const refusal = await refusalOf(
      rotateKeys(database.connection, keyFile, { now: deps.now(), grace: 1, onProgress: anotherSwitches }),
    );
    expect(refusal.message).to.include('Another rotation has begun').and.include(keyFile);
    expect(Object.keys(readKeyFile(keyFile).keys)).to.include.members([own, others]);
    expect((await rotateKeys(database.connection, keyFile, { now: deps.now(), grace: 1 })).resumed).to.equal(
      true,
    );
    expect(await keysInUse())
      .to.include(others)
      .and.not.include(own);
  });
});
