import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { permissionPage } from '../../src/cli/permission-table.ts';
import type { Deps } from '../../src/deps.ts';
import { roles } from '../../src/domain/accounts/actor.ts';
import { grantOf, permissions, type Action } from '../../src/domain/accounts/permissions.ts';
import { allRoutes } from '../../src/web/routes.ts';
import { wording } from '../support/draw.ts';

describe('cli/permission-table', () => {
  const written = readFileSync('docs/permissions.md', 'utf8');

  it('is what the permissions say (npm run permissions writes it anew)', () => {
    const page = permissionPage(
      (role, lang) => wording.t(lang, `accounts.role.${role}`),
      allRoutes({} as Deps),
    );
    expect(written).to.equal(page);
  });

  it('marks one cell for each role of each grant', () => {
    const actions = Object.keys(permissions) as Action[];
    const granted = actions.reduce((sum, action) => sum + grantOf(action).roles.length, 0);
    expect(written.match(/●/g)).to.have.length(granted);
    const row = written.split('\n').find((one) => one.includes('`certificate.revoke`'))!;
    const cells = row
      .split('|')
      .slice(3, -1)
      .map((cell) => cell.trim());
    expect(roles.filter((_, index) => cells[index] === '●')).to.deep.equal(['bureauOfficer']);
  });

  it('says every action in a sentence of its own', () => {
    const sentences = (Object.keys(permissions) as Action[]).map((action) => grantOf(action).sentence);
    expect(new Set(sentences).size).to.equal(sentences.length);
    for (const sentence of sentences) expect(sentence).to.match(/^[a-z].{7,}[^.]$/);
  });

  it('leaves no permission that nothing asks for', () => {
    const sources = readdirSync('src/web', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`src/web/${file}`, 'utf8'))
      .join('');
    const silent = (Object.keys(permissions) as Action[]).filter((one) => !sources.includes(`'${one}'`));
    expect(silent).to.deep.equal([]);
  });
});
