import { expect } from 'chai';
import { failure, open, type Opened } from './support/open.ts';

describe('embedded-db: what shells and tools ask', () => {
  let opened: Opened;
  before(async () => {
    opened = await open();
  });
  after(() => opened.close());

  it('has an empty log, and says its version', async () => {
    const admin = opened.client.db('admin');
    expect(await admin.command({ getLog: 'startupWarnings' })).to.deep.include({ log: [] });
    const wanted = { featureCompatibilityVersion: { version: '7.0' } };
    expect(await admin.command({ getParameter: 1, featureCompatibilityVersion: 1 })).to.deep.include(wanted);
    expect(await admin.command({ getParameter: '*' })).to.deep.include(wanted);
  });

  it('refuses the rest by name', async () => {
    const commands = [
      'atlasVersion',
      'hostInfo',
      'usersInfo',
      'currentOp',
      'dbStats',
      'validate',
      'whatsmyuri',
    ];
    for (const name of commands) {
      const error = await failure(opened.client.db('admin').command({ [name]: 1 }));
      expect(error, name).to.include({ code: 59, codeName: 'CommandNotFound' });
      expect(error.message).to.include(name).and.include('MONGODB_URI');
    }
    const sessions = opened.client
      .db('admin')
      .aggregate([{ $listSessions: {} }])
      .toArray();
    expect(await failure(sessions)).to.include({ code: 115 });
  });
});
