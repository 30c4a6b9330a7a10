// A PDF document as this folder uses pdfkit: its structure and metadata; pages get content written by a Pen.
import type pdfkit from 'pdfkit';
import type { RefMaker } from './fonts/document-fonts.ts';

export interface PdfReference {
  readonly data: Record<string, unknown>;
  end(bytes?: Uint8Array): void;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly fonts: Record<string, unknown>;
  readonly xobjects: Record<string, unknown>;
  readonly ext_gstates: Record<string, unknown>;
}

export interface PdfDocument extends RefMaker {
  readonly page: PdfPage;
  ref(data: object): PdfReference;
  addPage(): unknown;
  addContent(operators: string): unknown;
  switchToPage(number: number): unknown;
  bufferedPageRange(): { readonly start: number; readonly count: number };
  end(): void;
  read(): Buffer | null;
}

export interface DocumentOptions {
  readonly title: string;
  readonly author: string;
  readonly lang: string;
  readonly layout: 'portrait' | 'landscape';
  readonly createdAt: Date;
  readonly compress: boolean;
  readonly bufferPages?: boolean;
}

let loading: Promise<typeof pdfkit> | null = null;

/** An empty A4 document without a page. pdfkit is loaded here, at the first document, since loading it takes a while. */
export async function openDocument(options: DocumentOptions): Promise<PdfDocument> {
  loading ??= import('pdfkit').then((module) => module.default);
  const PDFDocument = await loading;
  const document = new PDFDocument({
    size: 'A4',
    layout: options.layout,
    margin: 0,
    autoFirstPage: false,
    bufferPages: options.bufferPages ?? false,
    compress: options.compress,
    pdfVersion: '1.7',
    lang: options.lang,
    displayTitle: true,
    // No built-in font: every font is embedded, and the metrics of the standard ones need not be read.
    font: null as unknown as string,
    info: {
      Title: metadata(options.title),
      Author: metadata(options.author),
      Producer: 'Skillroll',
      Creator: 'Skillroll',
      CreationDate: options.createdAt,
      ModDate: options.createdAt,
    },
  });
  return document as unknown as PdfDocument;
}

/** The bytes of a document that has just been ended. */
export function bytesOf(document: PdfDocument): Buffer {
  const parts: Buffer[] = [];
  for (let part = document.read(); part !== null; part = document.read()) parts.push(part);
  return Buffer.concat(parts);
}

// pdfkit puts titles into its XML metadata as they are; a String whose toString is escaped serves both places.
function metadata(text: string): string {
  const escaped = text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return Object.assign(new String(text), { toString: () => escaped }) as unknown as string;
}
