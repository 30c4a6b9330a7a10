// Certificates as PDF: one with its own file, or many in one print file.
import { loadQrEncoder } from './blocks/qr-code.ts';
import { addArtwork, type Artwork } from './certificate-artwork.ts';
import { certificateFacts } from './certificate-facts.ts';
import { checkCertificate, drawCertificate } from './certificate-page.ts';
import {
  certificateTemplate,
  currentCertificateTemplate,
  type CertificateTemplate,
} from './certificate-template.ts';
import { characterSet } from './fonts/character-sets.ts';
import { DocumentFonts, type CharacterSet } from './fonts/document-fonts.ts';
import { bytesOf, openDocument, type PdfDocument } from './open-document.ts';
import { Pen } from './text/pen.ts';
import { instantOf } from './text/words.ts';
import type { CertificatePrint } from './types.ts';

/**
 * The PDF of one certificate, A4 landscape on one page; the same data gives the same bytes.
 * Throws GlyphMissing when a character is in no embedded font.
 */
export async function renderCertificate(data: CertificatePrint): Promise<Buffer> {
  const print = checkCertificate(data);
  const version = print.templateVersion ?? currentCertificateTemplate;
  const template = certificateTemplate(version);
  const encodeQr = await loadQrEncoder();
  const document = await openDocument({
    title: `${template.titles[print.kind].zh} ${template.titles[print.kind].en} ${print.number}`,
    author: print.issuerName,
    lang: 'zh-CN',
    layout: 'landscape',
    createdAt: instantOf(print.reissuedOn ?? print.issuedOn),
    compress: false,
  });
  const wording = templateCharacters(template);
  const fonts = new DocumentFonts(document, [wording, sharedCharacters(print, template, wording)], {
    deflate: false,
  });
  const artwork = addArtwork(document, template, version, print.sample);
  addPage(document, new Pen(fonts), artwork, (pen) => drawCertificate(pen, print, template, encodeQr), print);
  fonts.finish();
  document.end();
  return bytesOf(document);
}

/**
 * One PDF with a page for each certificate, in pieces as they are ready: take them with `Readable.from`, which asks for
 * the next page only when the last was taken. Throws GlyphMissing; throws when there is no certificate at all.
 */
export async function* renderCertificates(
  list: Iterable<CertificatePrint> | AsyncIterable<CertificatePrint>,
): AsyncGenerator<Buffer> {
  let open: { document: PdfDocument; fonts: DocumentFonts; pen: Pen } | null = null;
  const artworks = new Map<string, Artwork>();
  const encodeQr = await loadQrEncoder();
  for await (const data of list) {
    const print = checkCertificate(data);
    const version = print.templateVersion ?? currentCertificateTemplate;
    const template = certificateTemplate(version);
    open ??= await openPrintFile(print, template);
    const { document } = open;
    const kind = `${version} ${print.sample}`;
    let artwork = artworks.get(kind);
    if (artwork === undefined)
      artworks.set(kind, (artwork = addArtwork(document, template, version, print.sample)));
    addPage(document, open.pen, artwork, (pen) => drawCertificate(pen, print, template, encodeQr), print);
    yield bytesOf(document);
  }
  if (open === null) throw new Error('A print file needs at least one certificate');
  open.fonts.finish();
  open.document.end();
  yield bytesOf(open.document);
}

async function openPrintFile(print: CertificatePrint, template: CertificateTemplate) {
  const document = await openDocument({
    title: `${template.titles[print.kind].zh} ${template.titles[print.kind].en}`,
    author: print.issuerName,
    lang: 'zh-CN',
    layout: 'landscape',
    createdAt: instantOf(print.reissuedOn ?? print.issuedOn),
    compress: true,
  });
  const fonts = new DocumentFonts(document, [templateCharacters(template)], { deflate: true });
  return { document, fonts, pen: new Pen(fonts) };
}

function addPage(
  document: PdfDocument,
  pen: Pen,
  artwork: Artwork,
  draw: (pen: Pen) => void,
  print: CertificatePrint,
): void {
  document.addPage();
  draw(pen);
  document.addContent(pen.take());
  const { page } = document;
  Object.assign(page.fonts, Object.fromEntries(pen.fonts.takePageFonts()));
  page.xobjects.Frame = artwork.frame;
  page.xobjects.Seal = artwork.seal(print.issuerName, print.sample);
  page.ext_gstates.Multiply = artwork.multiply;
}

const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
const inEveryDay = '年月日至';

// Everything the template itself can say, which every certificate embeds alike.
function templateCharacters({
  titles,
  words,
  documentTypes,
  skillLevels,
}: CertificateTemplate): CharacterSet {
  const said = [words, documentTypes, skillLevels].flatMap((group) =>
    Object.values(group).map(({ zh }) => zh),
  );
  const bold = Object.values(titles).map(({ zh }) => zh);
  return characterSet({ serif: said.join('') + inEveryDay + ascii, serifBold: bold.join('') + ascii });
}

// What the certificates of a batch share, so that its fonts are made once; only names differ.
function sharedCharacters(
  print: CertificatePrint,
  template: CertificateTemplate,
  wording: CharacterSet,
): CharacterSet {
  const facts = certificateFacts(print, template).slice(1).flat();
  return characterSet(
    { serif: facts.map(({ value }) => value).join(''), serifBold: print.issuerName },
    wording,
  );
}
