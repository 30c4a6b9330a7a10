import { expect } from 'chai';
import { plainFrame } from '../../src/web/frame.ts';
import type { Frame } from '../../src/web/frame.ts';
import { createViewEngine } from '../../src/web/view-engine.ts';
import { presentSamples } from '../../src/web/styles/present-samples.ts';
import { draw, noon, viewsFolder, wording } from '../support/draw.ts';

const hostile = `<script>alert("x")</script>'&`;

const staff: Frame = {
  ...plainFrame('zh', '培训班', noon),
  viewer: { name: hostile, organisation: hostile, roleLabel: hostile },
  navigation: [{ href: '/home', labelKey: 'shared.nav.checks', current: true }],
  breadcrumb: [{ href: '/a?b=1&c=2', text: hostile }],
  flash: {
    tone: 'ok',
    text: hostile,
    link: { href: '/x', text: hostile },
    undo: { action: '/u', text: hostile },
  },
  csrfToken: 'token-1',
  submissionKey: 'key-1',
  path: `/x?q=${hostile}`,
  signedInUntil: noon,
  demo: true,
  version: '0.1.0',
};

describe('src/web/view-engine', () => {
  const engine = createViewEngine(viewsFolder, wording);

  it('finds nothing wrong with the views of the product', () => {
    expect(engine.problems()).to.deep.equal([]);
    expect(engine.views.length).to.be.greaterThan(7);
  });

  it('fails for a key the model lacks and names it and the view', () => {
    expect(() => draw('{{title}}', {})).to.throw(/test\/page.*"title" not defined/);
    expect(() => draw('{{person.nmae}}', { person: { name: 'x' } })).to.throw('nmae');
    expect(() => draw('{{> status code=state}}', {})).to.throw('state');
  });

  it('prints a value that is null as nothing', () => {
    expect(draw('[{{note}}]', { note: null })).to.equal('[]');
  });

  it('lets a template ask for what may be missing', () => {
    expect(draw('{{#if note}}{{note}}{{else}}none{{/if}}', {})).to.equal('none');
  });

  it('takes a field before a helper of the same name', () => {
    expect(draw('{{count}} {{day}}', { count: 'two', day: 'Monday' })).to.equal('two Monday');
  });

  it('escapes everything the frame and the model bring', () => {
    const html = engine.render('errors/404', { reference: hostile, detail: hostile }, staff);
    expect(html).not.to.contain('<script>alert');
    expect(html.match(/&lt;script&gt;alert/g)).to.have.length.greaterThan(8);
  });

  it('escapes what a partial is given', () => {
    const html = draw('{{> field name=n label=n value=n hint=n error=n}}', { n: hostile });
    expect(html).not.to.contain('<script>');
    expect(html).not.to.contain('="<');
  });

  it('draws the frame in the language asked for', () => {
    const zh = engine.render('errors/404', { reference: '', detail: '' }, staff);
    const en = engine.render('errors/404', { reference: '', detail: '' }, { ...staff, lang: 'en' });
    expect(zh).to.contain('<html lang="zh-CN"').and.to.contain('<h1>找不到这个页面</h1>');
    expect(en).to.contain('<html lang="en"').and.to.contain('<h1>This page is not here</h1>');
    expect(zh).to.contain('lang="en">English</button>');
    expect(en).to.contain('lang="zh-CN">中文</button>');
  });

  it('puts the form keys into every form that posts', () => {
    const html = engine.render('errors/404', { reference: '', detail: '' }, staff);
    const posts = html
      .split('<form')
      .slice(1)
      .filter((form) => form.includes('method="post"'));
    expect(posts.length).to.be.greaterThan(2);
    for (const form of posts) expect(form).to.contain('name="_csrf" value="token-1"');
  });

  it('says first that there are errors, and then shows no flash', () => {
    const html = engine.render(
      'errors/404',
      { reference: '', detail: '' },
      {
        ...staff,
        errors: [
          { field: 'title', message: '填写班名。' },
          { field: '', message: '核对。' },
        ],
      },
    );
    expect(html).to.contain('<title>错误：培训班 - Skillroll</title>');
    expect(html).to.contain('<a href="#f-title">填写班名。</a>');
    expect(html).to.contain('有 2 处需要改正').and.not.to.contain('class="flash');
  });

  it('draws the pages of 500, 503 and 507 without viewer or navigation', () => {
    for (const view of ['errors/500', 'errors/503', 'errors/507']) {
      for (const lang of ['zh', 'en'] as const) {
        const html = engine.render(view, { reference: '8F2K', detail: '' }, plainFrame(lang, '', noon));
        expect(html).to.contain('8F2K').and.not.to.contain('site-navigation');
      }
    }
  });

  it('links the theme of the reader', () => {
    const html = (theme: Frame['theme']): string =>
      engine.render('errors/404', { reference: '', detail: '' }, { ...staff, theme });
    expect(html('light')).not.to.contain('dark.css');
    expect(html('dark')).to.match(/dark\.css\?\w+" media="screen"/);
    expect(html('system')).to.contain('media="screen and (prefers-color-scheme: dark)"');
  });

  it('leads the skip links only to what is there', () => {
    const bare = engine.render('errors/404', { reference: '', detail: '' }, staff);
    expect(bare)
      .to.contain('href="#main"')
      .and.not.to.contain('href="#table"')
      .and.not.to.contain('href="#save"');
    const model = presentSamples('zh', wording);
    const full = engine.render('styles/components', model, staff);
    expect(full).to.contain('href="#table"').and.to.contain('href="#save"');
    expect(full.split(' id="table"').length).to.be.greaterThan(1);
  });

  it('refreshes the page of a job for readers without script, until they stop it', () => {
    const model = presentSamples('zh', wording);
    const refresh = '<noscript><meta http-equiv="refresh" content="5"></noscript>';
    expect(engine.render('styles/components', model, staff))
      .to.contain(refresh)
      .and.to.contain('?refresh=off');
    const still = engine.render('styles/components', model, { ...staff, path: '/jobs/1?refresh=off' });
    expect(still).not.to.contain(refresh).and.not.to.contain('停止自动刷新');
    expect(engine.render('errors/404', { reference: '', detail: '' }, staff)).not.to.contain('refresh"');
  });

  it('has no inline style and no inline script in any template', () => {
    const html = engine.render('errors/404', { reference: '', detail: '' }, staff);
    expect(html).not.to.match(/\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)/);
  });
});
