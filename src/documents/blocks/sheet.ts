// A working paper that flows over pages: margins, the place of the next line, running head and page numbers.
import { DocumentFonts } from '../fonts/document-fonts.ts';
import { nameMissingGlyphs } from '../fonts/missing-glyphs.ts';
import { bytesOf, openDocument, type PdfDocument } from '../open-document.ts';
import { breakLines } from '../text/break-lines.ts';
import { measure } from '../text/measure.ts';
import { Pen, type TextOptions } from '../text/pen.ts';
import { fillWords } from '../text/words.ts';
import type { DocumentLanguage } from '../types.ts';

export interface SheetOptions {
  readonly lang: DocumentLanguage;
  readonly title: string;
  readonly author: string;
  readonly layout: 'portrait' | 'landscape';
  readonly createdAt: Date;
  /** Stands at the top of every page but the first. */
  readonly runningHead: string;
  /** Stands at the foot of every page, left of the page number. */
  readonly foot: string;
  /** The page number, with {page} and {pages}. */
  readonly pageNumber: string;
}

export const palette = {
  ink: '#1A2129',
  soft: '#4A5561',
  blue: '#0B5A8A',
  edge: '#6B7785',
  line: '#C9D1D9',
  surface: '#F5F7F9',
  sunken: '#E9EDF1',
} as const;

const sideMargin = (15 * 72) / 25.4;
const topMargin = (18 * 72) / 25.4;

export class Sheet {
  readonly pen: Pen;
  readonly left = sideMargin;
  readonly width: number;
  readonly bottom: number;
  /** Where the next block begins, from the top of the page. */
  y = 0;
  readonly #document: PdfDocument;
  readonly #fonts: DocumentFonts;
  readonly #options: SheetOptions;
  #pages = 0;

  constructor(document: PdfDocument, options: SheetOptions) {
    const [long, short] = [841.89, 595.28];
    this.#document = document;
    this.#options = options;
    this.#fonts = new DocumentFonts(document, [], { deflate: true });
    this.pen = new Pen(this.#fonts);
    this.width = (options.layout === 'portrait' ? short : long) - 2 * sideMargin;
    this.bottom = (options.layout === 'portrait' ? long : short) - topMargin + 4;
    this.newPage();
  }

  /** Starts a page unless that much height is left on this one; whether it did. */
  keepTogether(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.newPage();
    return true;
  }

  newPage(): void {
    this.#closePage();
    this.#document.addPage();
    this.#pages += 1;
    this.y = topMargin;
    if (this.#pages === 1) return;
    const head = nameMissingGlyphs(this.#options.runningHead);
    const line = breakLines('sans', head, 8, this.width)[0]!;
    this.pen.text(this.left, this.y - 6, line, { style: 'sans', size: 8, colour: palette.soft });
    this.pen.line(this.left, this.y, this.left + this.width, this.y, palette.line, 0.5);
    this.y += 10;
  }

  /** Sets a paragraph at the current place and moves below it. */
  paragraph(
    text: string,
    options: TextOptions & { readonly leading?: number; readonly indent?: number },
  ): void {
    const { leading = 1.45, indent = 0, ...shown } = options;
    for (const line of breakLines(
      options.style,
      nameMissingGlyphs(text),
      options.size,
      this.width - indent,
    )) {
      this.keepTogether(options.size * leading);
      this.y += options.size * leading;
      const x = options.align === 'centre' ? this.left + this.width / 2 : this.left + indent;
      this.pen.text(x, this.y - options.size * (leading - 1), line, shown);
    }
  }

  /** Numbers the pages and returns the bytes. */
  finish(): Buffer {
    this.#closePage();
    const { start, count } = this.#document.bufferedPageRange();
    const right = this.left + this.width;
    for (let index = 0; index < count; index += 1) {
      this.#document.switchToPage(start + index);
      const y = this.bottom + 18;
      const number = fillWords(this.#options.pageNumber, { page: index + 1, pages: count });
      const style = { style: 'sans', size: 8, colour: palette.soft } as const;
      this.pen.text(right, y, number, { ...style, align: 'right' });
      const room = this.width - measure('sans', number, 8) - 20;
      const foot = breakLines('sans', nameMissingGlyphs(this.#options.foot), 8, room)[0]!;
      this.pen.text(this.left, y, foot, style);
      this.#writeContent();
    }
    this.#fonts.finish();
    this.#document.end();
    return bytesOf(this.#document);
  }

  #closePage(): void {
    if (this.#pages > 0) this.#writeContent();
  }

  #writeContent(): void {
    const content = this.pen.take();
    if (content !== '') this.#document.addContent(content);
    Object.assign(this.#document.page.fonts, Object.fromEntries(this.#fonts.takePageFonts()));
  }
}

/** An empty sheet with its first page open. */
export async function openSheet(options: SheetOptions): Promise<Sheet> {
  const document = await openDocument({
    title: options.title,
    author: options.author,
    lang: options.lang === 'zh' ? 'zh-CN' : 'en',
    layout: options.layout,
    createdAt: options.createdAt,
    compress: true,
    bufferPages: true,
  });
  return new Sheet(document, options);
}
