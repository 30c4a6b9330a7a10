import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { readExceptions, unexplained } from '../../src/cli/audit-exceptions.ts';

const page = (rows: string) =>
  `# Security\n\n## Exceptions from the audit of dependencies\n\n| package | advisory | reason | until |\n| --- | --- | --- | --- |\n${rows}\n\n## Other\n\n| a | b | c | d |\n`;
const advisory = { package: 'left', id: 'GHSA-1', title: 'x', severity: 'high' };

describe('cli/audit-exceptions', () => {
  it('covers the advisory of that package until the day given, and no other', () => {
    const exceptions = readExceptions(page('| left | GHSA-1 | only used in tests | 2027-01-31 |'));
    expect(exceptions).to.have.lengthOf(1);
    expect(unexplained([advisory], exceptions, '2027-01-31')).to.deep.equal([]);
    expect(unexplained([advisory], exceptions, '2027-02-01')).to.deep.equal([advisory]);
    const others = [
      { ...advisory, id: 'GHSA-2' },
      { ...advisory, package: 'right' },
    ];
    expect(unexplained(others, exceptions, '2027-01-01')).to.deep.equal(others);
  });

  it('refuses a row without a reason or a day, and a page without the heading', () => {
    expect(() => readExceptions(page('| left | GHSA-1 |  | 2027-01-31 |'))).to.throw('reason');
    expect(() => readExceptions(page('| left | GHSA-1 | only in tests | soon |'))).to.throw('day');
    expect(() => readExceptions('# Security')).to.throw('Exceptions');
  });

  it('can read the page of the product', () => {
    const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
    expect(() => readExceptions(text)).not.to.throw();
  });
});
