import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { ConfigError, readConfig, settings } from '../src/config.ts';

const complete = {
  SKILLROLL_DATA: './data/here',
  PUBLIC_URL: 'https://skills.example.gov.cn/',
  SESSION_SECRET: 'x'.repeat(32),
  KEY_FILE: './skillroll.key',
};

describe('config', () => {
  it('reads a complete environment, frozen, with defaults', () => {
    const config = readConfig(complete);
    expect(config).to.include({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'https://skills.example.gov.cn',
      mongodbUri: null,
    });
    expect(Object.isFrozen(config)).to.equal(true);
  });

  for (const name of ['PUBLIC_URL', 'SESSION_SECRET', 'KEY_FILE'] as const) {
    it(`says in one sentence what a missing ${name} is, with an example and where to read more`, () => {
      const error = failure({ ...complete, [name]: '' });
      expect(error.exitCode).to.equal(78);
      expect(error.sentences).to.have.length(1);
      expect(error.sentences[0]).to.include(name).and.include('Example').and.include('README.md');
    });
  }

  it('wants a data folder or a database address', () => {
    expect(failure({ ...complete, SKILLROLL_DATA: '' }).sentences[0]).to.include('MONGODB_URI');
  });

  it('refuses values it cannot use', () => {
    expect(failure({ ...complete, PORT: 'many' }).sentences[0]).to.include('PORT');
    expect(failure({ ...complete, SESSION_SECRET: 'short' }).sentences[0]).to.include('SESSION_SECRET');
    expect(failure({ ...complete, PUBLIC_URL: 'ftp://x' }).sentences[0]).to.include('PUBLIC_URL');
  });

  it('refuses a key file inside the data folder, by whatever path, and takes one beside it', () => {
    for (const KEY_FILE of ['data/here/skillroll.key', './data/x/../here/keys/one'])
      expect(failure({ ...complete, KEY_FILE }).sentences[0]).to.include('KEY_FILE lies inside');
    const beside = './data/here.key';
    expect(readConfig({ ...complete, KEY_FILE: beside }).keyFile).to.equal(beside);
  });

  it('listens where others reach it only behind a proxy that carries TLS', () => {
    expect(failure({ ...complete, HOST: '0.0.0.0' }).sentences[0]).to.include('TRUST_PROXY');
    expect(readConfig({ ...complete, HOST: '0.0.0.0', TRUST_PROXY: '1' }).host).to.equal('0.0.0.0');
  });

  it('has each setting in .env.example with its sentence, and none besides', () => {
    const lines = readFileSync('.env.example', 'utf8').split('\n');
    const named = lines.flatMap((line) => /^#?\s?([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(named).to.deep.equal(settings.map((setting) => setting.name));
    for (const setting of settings) expect(lines).to.include(`# ${setting.about}`);
  });
});

function failure(environment: NodeJS.ProcessEnv): ConfigError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('The environment was accepted');
}
