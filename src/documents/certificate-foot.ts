// The lower part of a certificate: the check on the left, issuer, day and seal on the right.
import { drawQr, type QrEncoder } from './blocks/qr-code.ts';
import { pageHeight } from './certificate-artwork.ts';
import { drawGroups } from './certificate-fact-rows.ts';
import { numberGroups } from './certificate-facts.ts';
import type { CertificateTemplate } from './certificate-template.ts';
import { fitText, type FittedText } from './text/break-lines.ts';
import { measure } from './text/measure.ts';
import { num, type Pen } from './text/pen.ts';
import { printDay } from './text/words.ts';
import type { CertificatePrint } from './types.ts';

const lineFactor = 1.4;
const issuerLabelSize = 9;

/** The QR code with number, check address and flow number under it, lower left. */
export function drawFoot(
  pen: Pen,
  print: CertificatePrint,
  template: CertificateTemplate,
  encodeQr: QrEncoder,
) {
  const { geometry, type, colours, words } = template;
  const matrix = encodeQr(print.checkAddress);
  pen.raw(drawQr(matrix, geometry.footLeft, geometry.qrTop, geometry.qrSize));
  const clear = (geometry.qrSize / matrix.size) * 4;
  let baseline = geometry.qrTop + geometry.qrSize + clear + type.foot * 0.9;
  const host = new URL(print.checkAddress).host;
  const lines: [typeof words.name, string][] = [
    [words.footNumber, print.number],
    [words.footCheck, template.checkAt.replace('{host}', host)],
    [words.footFlow, print.flowNumber],
  ];
  for (const [label, value] of lines) {
    const size = type.foot;
    const shown = `${label.zh} `;
    pen.text(geometry.footLeft, baseline, shown, { style: 'serif', size, colour: colours.soft });
    const left = geometry.footLeft + measure('serif', shown, size);
    pen.text(left, baseline, `${label.en} `, {
      style: 'serif',
      size: size - 1,
      colour: colours.soft,
      lang: 'en',
    });
    drawGroups(
      pen,
      left + measure('serif', `${label.en} `, size - 1),
      baseline,
      numberGroups(value),
      size,
      colours.ink,
    );
    baseline += geometry.footLineHeight;
  }
}

/** Issuer, day of issue and the seal over it, lower right. */
export function drawIssuer(pen: Pen, print: CertificatePrint, template: CertificateTemplate): void {
  const { geometry, type, colours, words } = template;
  const axis = geometry.issuerAxis;
  const label = print.kind === 'skill_level' ? words.evaluator : words.trainingCentre;
  const { name, first } = setIssuer(print, template);
  const above = first - name.size * 1.35;
  const labelWidth = measure('serif', `${label.zh}  `, 9) + measure('serif', label.en, type.label);
  pen.text(axis - labelWidth / 2, above, label.zh, { style: 'serif', size: 9, colour: colours.soft });
  pen.text(axis + labelWidth / 2, above, label.en, {
    style: 'serif',
    size: type.label,
    colour: colours.soft,
    align: 'right',
    lang: 'en',
  });
  name.lines.forEach((line, index) => {
    pen.text(axis, first + index * name.size * lineFactor, line, {
      style: 'serifBold',
      size: name.size,
      colour: colours.ink,
      align: 'centre',
    });
  });
  const day = geometry.dateBaseline;
  pen.text(axis, day, printDay(print.issuedOn, 'zh'), {
    style: 'serif',
    size: type.date,
    colour: colours.ink,
    align: 'centre',
  });
  pen.text(axis, day + 13, printDay(print.issuedOn, 'en'), {
    style: 'serif',
    size: type.gloss,
    colour: colours.soft,
    align: 'centre',
    lang: 'en',
  });
  const centre = Math.min(day - 11, pageHeight - geometry.hairline - geometry.sealSize / 2 - 4);
  pen.raw(`/Multiply gs 1 0 0 1 ${num(axis)} ${num(centre)} cm /Seal Do`);
}

/** The height above which an issuer's name, which grows upwards, leaves the page free. */
export function issuerTop(print: CertificatePrint, template: CertificateTemplate): number {
  const { name, first } = setIssuer(print, template);
  return first - name.size * 1.35 - issuerLabelSize;
}

function setIssuer(
  print: CertificatePrint,
  { geometry, type }: CertificateTemplate,
): { name: FittedText; first: number } {
  const name = fitText('serifBold', print.issuerName, {
    width: geometry.issuerWidth,
    size: type.issuer,
    floor: type.floor,
    maxLines: 2,
  });
  return { name, first: geometry.issuerBaseline - (name.lines.length - 1) * name.size * lineFactor };
}
