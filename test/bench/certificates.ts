// Certificates a second on one core against pdfkit used plainly, and a print file of many pages.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { renderCertificate, renderCertificates } from '../../src/documents/render-certificate.ts';
import type { CertificatePrint } from '../../src/documents/types.ts';
import { aPrint } from '../documents/prints.ts';
import { inTurn, ms, timed, type Measured } from './measure.ts';

const require = createRequire(import.meta.url);
const font = (weight: string) =>
  readFileSync(require.resolve(`@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`));

const names = '张王李赵陈刘杨黄周吴';
const prints = (count: number): CertificatePrint[] =>
  Array.from({ length: count }, (_, index) =>
    aPrint({
      holderName: `${names[index % 10]}${names[Math.floor(index / 10) % 10]}${names[Math.floor(index / 100) % 10]}`,
      number: `S000032999999213${String(index).padStart(6, '0')}`,
    }),
  );

/** The same facts as anybody would first draw them: fonts opened for each document, the QR as a picture. */
async function naive(print: CertificatePrint, fonts: { text: Buffer; bold: Buffer }): Promise<number> {
  const document = new PDFDocument({ size: 'A4', layout: 'landscape' });
  let bytes = 0;
  const ended = new Promise((resolve) => document.on('end', resolve));
  document.on('data', (part: Buffer) => (bytes += part.length));
  document.registerFont('text', fonts.text).registerFont('bold', fonts.bold);
  for (let line = 0; line < 57; line += 1)
    document
      .moveTo(20, 20 + line * 9)
      .bezierCurveTo(200, line * 9, 500, line * 10, 820, 20 + line * 9)
      .lineWidth(0.3)
      .stroke('#88aacc');
  document.font('bold').fontSize(30).text('职业技能等级证书', 250, 60);
  const lines = [
    print.holderName,
    print.documentNumber,
    print.occupationName,
    print.number,
    print.issuerName,
  ];
  document.font('text').fontSize(13);
  lines.forEach((line, index) => document.text(line, 120, 150 + index * 30));
  document.image(await QRCode.toBuffer(print.checkAddress), 60, 430, { width: 68 });
  document.circle(650, 450, 60).lineWidth(3).stroke('#b3261e');
  document.end();
  await ended;
  return bytes;
}

export async function benchCertificates(count: number, turns = 3): Promise<Measured> {
  const fonts = { text: font('400Regular'), bold: font('700Bold') };
  const [first] = prints(1);
  await renderCertificate(first!);
  const plain = Math.max(2, Math.round(count / 40));
  const times = await inTurn(
    turns,
    async () => {
      for (const print of prints(count)) await renderCertificate(print);
    },
    async () => {
      for (const print of prints(plain)) await naive(print, fonts);
    },
  );
  const ours = (1000 * count) / times.subject;
  const theirs = (1000 * plain) / times.baseline;
  return {
    name: 'certificates on one core',
    result: `${Math.round(ours)} a second`,
    baseline: `${theirs.toFixed(1)} a second with pdfkit used plainly`,
    ratio: `${(ours / theirs).toFixed(0)} times`,
    goal: 'at least 40 times',
    met: ours / theirs >= 40,
  };
}

export async function benchPrintFile(pages: number): Promise<Measured> {
  let bytes = 0;
  const spent = await timed(async () => {
    for await (const part of renderCertificates(prints(pages))) bytes += part.length;
  });
  return {
    name: `print file of ${pages} pages`,
    result: `${ms(spent)}, ${(bytes / 1024 / 1024).toFixed(1)} MB`,
    baseline: '',
    ratio: `${Math.round((1000 * pages) / spent)} pages a second`,
    goal: 'stated',
    met: true,
  };
}
