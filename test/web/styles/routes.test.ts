import { expect } from 'chai';
import { styleRoutes } from '../../../src/web/styles/routes.ts';

describe('src/web/styles/routes', () => {
  it('shows the component page to everybody, and takes nothing', () => {
    expect(styleRoutes().map(({ method, path, permission }) => [method, path, permission])).to.deep.equal([
      ['get', '/styles', 'public'],
    ]);
  });
});
