import { expect } from 'chai';
import { plainFrame } from '../../src/web/frame.ts';

describe('src/web/frame', () => {
  it('is complete without session or database', () => {
    const now = new Date('2021-12-17T04:00:00Z');
    expect(plainFrame('en', 'Title', now)).to.deep.equal({
      lang: 'en',
      title: 'Title',
      viewer: null,
      navigation: [],
      breadcrumb: [],
      flash: null,
      errors: [],
      form: null,
      csrfToken: '',
      submissionKey: '',
      path: '/',
      theme: 'system',
      textSize: 'normal',
      now,
      signedInUntil: null,
      demo: false,
      version: '',
    });
  });
});
