import { expect } from 'chai';
import { statusCodes, statusOf } from '../../src/web/status-table.ts';
import { draw, wording } from '../support/draw.ts';

describe('src/web/status-table', () => {
  it('has a word in both languages for every state', () => {
    expect(statusCodes.length).to.be.greaterThan(60);
    for (const code of statusCodes) expect(wording.has(statusOf(code).wordKey), code).to.equal(true);
  });

  it('gives one state one word: no word stands for two looks', () => {
    const looks = new Map<string, string>();
    for (const code of statusCodes) {
      const { tone, shape, wordKey } = statusOf(code);
      const word = wording.t('en', wordKey);
      expect(looks.get(word) ?? `${tone} ${shape}`, word).to.equal(`${tone} ${shape}`);
      looks.set(word, `${tone} ${shape}`);
    }
  });

  it('knows the states of the domain', () => {
    expect(statusOf('in_progress')).to.deep.equal({
      tone: 'info',
      shape: 'half',
      wordKey: 'shared.status.inProgress',
    });
    expect(statusOf('approved').wordKey).to.equal('shared.status.filed');
    expect(() => statusOf('asleep')).to.throw('no status "asleep"');
  });

  it('is drawn with ground, shape and word', () => {
    const html = draw('{{> status code="revoked"}}', {}, { lang: 'en' });
    expect(html).to.contain('tag--bad').and.to.contain('#cross').and.to.contain('Revoked');
  });
});
