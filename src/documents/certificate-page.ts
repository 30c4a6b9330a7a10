// Draws one certificate on one page: frame, heading, facts, check and issuer.
import type { QrEncoder } from './blocks/qr-code.ts';
import { pageWidth } from './certificate-artwork.ts';
import { drawFacts } from './certificate-fact-rows.ts';
import { certificateFacts } from './certificate-facts.ts';
import { drawFoot, drawIssuer, issuerTop } from './certificate-foot.ts';
import type { CertificateTemplate } from './certificate-template.ts';
import { requireGlyphs, GlyphMissing, findMissingGlyphs } from './fonts/missing-glyphs.ts';
import { ink, num, type Pen } from './text/pen.ts';
import type { CertificatePrint } from './types.ts';

/** Throws GlyphMissing, naming every character of the print that no font has. */
export function checkCertificate(print: CertificatePrint): CertificatePrint {
  const texts = Object.values(print).filter((value): value is string => typeof value === 'string');
  const missing = texts.flatMap(findMissingGlyphs);
  if (missing.length > 0) throw new GlyphMissing([...new Set(missing)]);
  return Object.fromEntries(
    Object.entries(print).map(([key, value]) => [
      key,
      typeof value === 'string' ? requireGlyphs('serif', value) : value,
    ]),
  ) as unknown as CertificatePrint;
}

/** Writes the page's content; the frame and the seal are the page's forms Frame and Seal, Multiply its graphics state. */
export function drawCertificate(
  pen: Pen,
  print: CertificatePrint,
  template: CertificateTemplate,
  encodeQr: QrEncoder,
): void {
  pen.raw('/Frame Do');
  drawHeading(pen, print, template);
  const bottom = Math.min(template.geometry.factsBottom, issuerTop(print, template) - 8);
  drawFacts(pen, certificateFacts(print, template), template, bottom);
  drawFoot(pen, print, template, encodeQr);
  drawIssuer(pen, print, template);
}

function drawHeading(
  pen: Pen,
  print: CertificatePrint,
  { geometry, type, colours, titles }: CertificateTemplate,
) {
  const title = titles[print.kind];
  const middle = pageWidth / 2;
  pen.text(middle, geometry.titleBaseline, title.zh, {
    style: 'serifBold',
    size: type.title,
    tracking: type.titleTracking,
    colour: colours.title,
    align: 'centre',
  });
  pen.text(middle, geometry.subtitleBaseline, title.en, {
    style: 'serif',
    size: type.subtitle,
    tracking: 0.6,
    colour: colours.soft,
    align: 'centre',
    lang: 'en',
  });
  const half = geometry.ruleWidth / 2;
  pen.line(middle - half, geometry.ruleY, middle - 6, geometry.ruleY, colours.blue, 0.6);
  pen.line(middle + 6, geometry.ruleY, middle + half, geometry.ruleY, colours.blue, 0.6);
  pen.raw(
    `0.6 w ${ink(colours.blue)} RG ${num(middle - 3)} ${num(geometry.ruleY)} m ${num(middle)} ${num(geometry.ruleY - 3)} l ${num(middle + 3)} ${num(geometry.ruleY)} l ${num(middle)} ${num(geometry.ruleY + 3)} l s`,
  );
}
