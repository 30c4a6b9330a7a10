import { expect } from 'chai';
import { shownAddress, withShownAddress } from '../../src/persistence/shown-address.ts';

describe('persistence/shown-address', () => {
  it('shows where a database is, and neither who signs in there nor with which password', () => {
    for (const who of ['', 'u:s3c@', 'u:s3c/ret@', 'u:s3c@ret@', 'u:s3c?r#et@', 'u:s3c ret@', '@'])
      expect(shownAddress(`mongodb+srv://${who}db.example:27017/skillroll?tls=true`), who).to.equal(
        'mongodb+srv://db.example:27017/skillroll',
      );
    expect(shownAddress('u:s3c@db.example/skillroll')).to.equal('db.example/skillroll');
  });

  it('takes them out of a message that quotes the address', () => {
    const uri = 'mongodb://u:s3c ret@db.example/skillroll';
    expect(withShownAddress(`Invalid "${uri}", "mongodb://u:s3c/ret@db.example"`, uri)).to.equal(
      'Invalid "mongodb://db.example/skillroll", "mongodb://db.example"',
    );
  });
});
