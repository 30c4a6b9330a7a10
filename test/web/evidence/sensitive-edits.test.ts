// Every sensitive edit over HTTP: a reason of five characters, a file that proves it, and both beside the change.
import { expect } from 'chai';
import { sensitiveEdits } from '../../../src/domain/trail/sensitive-edits.ts';
import { openSite, type Visitor } from '../../support/browse.ts';
import { anActor, anOrganisation } from '../../support/builders.ts';
import { digestsOf } from '../../support/digests.ts';
import { openWorld, type World } from '../../support/world.ts';
import { edits, type Edit } from './edits.ts';

const reason = '材料核对无误可以办理';
const proof = Buffer.from('%PDF-1.7 proof of the change');
const pdf = [{ field: 'file', name: '张三 320503199001010011.pdf', bytes: proof }];

describe('web/evidence/sensitive-edits', function () {
  this.timeout(180_000);
  let world: World;
  let site: Awaited<ReturnType<typeof openSite>>;
  const others = { stranger: '', auditor: '' };
  const visitors = new Map<string, Visitor>();
  before(async () => {
    world = await openWorld('2021-04-20');
    site = await openSite(world.deps);
    const { id } = await anOrganisation(world.deps);
    others.stranger = (await anActor(world.deps, 'centreStaff', { organisationId: id })).userName;
    others.auditor = (await anActor(world.deps, 'auditor')).userName;
  });
  after(async () => {
    await site?.close();
    await world?.close();
  });

  /** Signed in; anew where the clock was set on, as the edits' makers do. */
  async function visitorOf(userName: string): Promise<Visitor> {
    const key = `${userName} ${world.now().toISOString()}`;
    const known = visitors.get(key);
    if (known !== undefined) return known;
    const visitor = site.visitor();
    expect((await visitor.signIn(userName)).status).to.equal(303);
    visitors.set(key, visitor);
    return visitor;
  }
  const send = async (edit: Edit, typed: string, files: typeof pdf | null) =>
    (await visitorOf(edit.by)).post(
      edit.path,
      { ...edit.fields, reason: typed },
      { from: edit.from, ...(files === null ? {} : { files }) },
    );
  const eventsOf = async (what: string, { about }: Edit) =>
    (await world.deps.events.about(about.kind, about.id)).filter((one) => one.what === what);
  /** A page, by way of a redirect where it leads on. */
  const read = async (visitor: Visitor, path: string) => {
    const answer = await visitor.get(path);
    return answer.location === null ? answer.text : (await visitor.get(answer.location)).text;
  };
  const linkIn = (html: string) => /href="(\/evidence\/[0-9a-z]+)">证明材料/.exec(html)?.[1] ?? null;
  /** The summary's link leads into the form that failed, which stands open, and no other field says it. */
  const leadsToItsForm = (html: string, { path }: Edit, sentence: string) => {
    const id = new RegExp(`href="#(f-[^"]+)">${sentence}`).exec(html)?.[1];
    expect(id, sentence).to.be.a('string');
    const start = html.lastIndexOf('<form', html.indexOf(`action="${path}"`));
    const form = html.slice(start, html.indexOf('</form>', start));
    expect(form).to.include(`id="${id}"`).and.include(`id="${id}-error"`).and.include(sentence);
    expect(html.match(/class="field__error"/g)).to.have.length(1);
    const folded = html.lastIndexOf('<details', start);
    if (folded > html.lastIndexOf('</details>', start))
      expect(html.slice(folded, folded + 13)).to.equal('<details open');
  };
  const digests = () => digestsOf(world.deps.people.model.db, ['signInSessions']);

  it('knows a form for every one of them', () => {
    expect(Object.keys(edits).sort()).to.deep.equal([...sensitiveEdits].sort());
  });

  for (const [what, make] of Object.entries(edits)) {
    describe(what, () => {
      let edit: Edit;
      before(async () => {
        edit = await make(world);
      });

      it('offers the file on its form, and refuses a reason of four characters by name, writing nothing', async () => {
        const page = await (await visitorOf(edit.by)).get(edit.from);
        expect(page.text).to.match(/name="file" type="file"[^>]*accept="\.pdf,\.png,\.jpg,\.jpeg"/);
        const earlier = await digests();
        for (const files of [null, pdf]) {
          const refused = await send(edit, ' 四个字了 ', files);
          expect(refused.status).to.equal(422);
          leadsToItsForm(refused.text, edit, '写明原因，至少 5 个字。');
          expect(refused.text.match(/四个字了/g), 'no other form of the page shows it').to.have.length(1);
        }
        expect(await digests()).to.deep.equal(earlier);
      });

      it('refuses a file of another kind in words, keeps what was typed and writes nothing', async () => {
        const earlier = await digests();
        const files = [{ field: 'file', name: 'a.pdf', bytes: Buffer.from('<html>no proof</html>') }];
        const refused = await send(edit, reason, files);
        expect(refused.status).to.equal(422);
        leadsToItsForm(refused.text, edit, '文件内容不是 PDF、JPEG、PNG。换一个文件');
        expect(refused.text).to.include(reason);
        const misnamed = await send(edit, reason, [{ field: 'file', name: 'a.png', bytes: proof }]);
        expect(misnamed.status).to.equal(422);
        expect(misnamed.text.replaceAll('&quot;', '"')).to.include('文件“a.png”的扩展名与内容不符');
        const tooLarge = await send(edit, reason, [
          { field: 'file', name: 'a.pdf', bytes: Buffer.concat([proof, Buffer.alloc(10 * 1024 * 1024)]) },
        ]);
        expect(tooLarge.status).to.equal(413);
        expect(tooLarge.text).to.include(reason);
        expect(await digests()).to.deep.equal(earlier);
      });

      it('keeps the file with the change, and hands it to who may see the timeline and nobody else', async () => {
        const { deps } = world;
        const done = await send(edit, reason, pdf);
        expect(done.status).to.equal(303);
        const [event, ...more] = await eventsOf(what, edit);
        expect(more).to.deep.equal([]);
        expect(event).to.include({ reason });
        expect(event!.evidenceId).to.be.a('string');
        const kept = await deps.keptFiles.model.findById(event!.evidenceId).lean();
        expect(JSON.stringify([event, kept])).to.not.match(/张三|320503199001010011/);
        expect(kept).to.not.have.property('endsAt');

        const { timeline } = edit;
        const viewer = await visitorOf(timeline.by ?? edit.by);
        const page = await read(viewer, timeline.path);
        expect(page).to.include(reason);
        const href = linkIn(page)!;
        expect(href).to.equal(`/evidence/${event!.evidenceId}`);
        const file = await viewer.get(href);
        expect(file.status).to.equal(200);
        expect(file.bytes.equals(proof)).to.equal(true);
        expect(file.headers.get('content-type')).to.equal('application/pdf');
        expect(decodeURIComponent(file.headers.get('content-disposition')!)).to.match(
          /^attachment; filename\*=UTF-8''证明材料-20\d\d-\d\d-\d\d\.pdf$/,
        );
        expect(file.headers.get('x-content-type-options')).to.equal('nosniff');
        const opened = await deps.events.model
          .find({ what: 'evidence.opened', evidenceId: kept!._id })
          .lean();
        expect(opened).to.have.length(1);
        expect(kept!.about!.map(({ id }) => id)).to.include(opened[0]!.about!.id);
        const [stranger, auditor] = [await visitorOf(others.stranger), await visitorOf(others.auditor)];
        expect((await stranger.get(href)).status).to.equal(404);
        const trail = (await auditor.get(`/trail?id=${edit.about.id}&what=${what}`)).text;
        expect(trail).to.include(reason);
        expect(linkIn(trail)).to.equal(href);
        expect((await auditor.get(href)).bytes.equals(proof)).to.equal(true);
      });

      it('needs no file', async () => {
        const other = await make(world);
        expect((await send(other, reason, null)).status).to.equal(303);
        const [event] = await eventsOf(what, other);
        expect(event).to.include({ reason }).and.to.not.have.property('evidenceId');
        const page = await read(await visitorOf(other.timeline.by ?? other.by), other.timeline.path);
        expect(page).to.include(reason);
        expect(linkIn(page)).to.equal(null);
      });
    });
  }
});
