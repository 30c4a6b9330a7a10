// Claim slips: one for each holder, eight a page to be cut apart, with the code that opens the certificate.
import { drawClaimSlip } from './blocks/claim-slip.ts';
import { claimSlipsTemplate, type ClaimSlipsTemplate } from './claim-slips-template.ts';
import { DocumentFonts } from './fonts/document-fonts.ts';
import { bytesOf, openDocument } from './open-document.ts';
import { Pen } from './text/pen.ts';
import type { ClaimSlips } from './types.ts';

const page = { width: 595.28, height: 841.89 };

/** The slips as an A4 PDF; a character no font has is printed as its code. Throws when there is no slip. */
export async function renderClaimSlips(data: ClaimSlips): Promise<Buffer> {
  if (data.slips.length === 0) throw new Error('There is no claim slip to print');
  const template = claimSlipsTemplate();
  const { columns, rows } = template.geometry;
  const document = await openDocument({
    title: `${template.words.document[data.lang]} ${data.issuerName}`,
    author: data.issuerName,
    lang: data.lang === 'zh' ? 'zh-CN' : 'en',
    layout: 'portrait',
    createdAt: data.createdAt,
    compress: true,
  });
  const fonts = new DocumentFonts(document, [], { deflate: true });
  const pen = new Pen(fonts);
  for (let first = 0; first < data.slips.length; first += columns * rows) {
    document.addPage();
    const slips = data.slips.slice(first, first + columns * rows);
    drawCutLines(pen, template, Math.ceil(slips.length / columns));
    slips.forEach((slip, index) => {
      drawClaimSlip(pen, slip, data, template, {
        x: ((index % columns) * page.width) / columns,
        y: (Math.floor(index / columns) * page.height) / rows,
        width: page.width / columns,
        height: page.height / rows,
      });
    });
    document.addContent(pen.take());
    Object.assign(document.page.fonts, Object.fromEntries(fonts.takePageFonts()));
  }
  fonts.finish();
  document.end();
  return bytesOf(document);
}

// Cut lines stop short of the edges of the paper, where printers cannot draw.
function drawCutLines(pen: Pen, { geometry, colours }: ClaimSlipsTemplate, rowsUsed: number): void {
  const margin = 12;
  const end = Math.min(page.height - margin, (page.height / geometry.rows) * rowsUsed);
  for (let column = 1; column < geometry.columns; column += 1) {
    const x = (page.width / geometry.columns) * column;
    pen.line(x, margin, x, end, colours.line, 0.5, '3 3');
  }
  for (let row = 1; row <= Math.min(rowsUsed, geometry.rows - 1); row += 1) {
    const y = (page.height / geometry.rows) * row;
    pen.line(margin, y, page.width - margin, y, colours.line, 0.5, '3 3');
  }
}
