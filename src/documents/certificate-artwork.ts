// The certificate's artwork as form objects: deflated once per process, inserted into every document as it is.
import { deflateSync } from 'node:zlib';
import { drawCorner, drawRosette, drawWeave, placeBand, type Band } from './blocks/guilloche.ts';
import { drawSeal } from './blocks/seal.ts';
import { drawOutline } from './fonts/draw-outline.ts';
import type { CertificateTemplate } from './certificate-template.ts';
import type { PdfDocument, PdfReference } from './open-document.ts';
import { measure } from './text/measure.ts';
import { ink, num } from './text/pen.ts';

export const pageWidth = 841.89;
export const pageHeight = 595.28;

interface Form {
  readonly bytes: Buffer;
  readonly box: readonly number[];
}

const weaveLength = 22;
const kept = new Map<string, Form>();
const mostKept = 400;

export interface Artwork {
  readonly frame: PdfReference;
  seal(issuerName: string, sample: boolean): PdfReference;
  readonly multiply: PdfReference;
}

/** The artwork of one document; `sample` adds the watermark. Seals are added as they are asked for. */
export function addArtwork(
  document: PdfDocument,
  template: CertificateTemplate,
  version: string,
  sample: boolean,
): Artwork {
  const { geometry, colours, words } = template;
  const seals = new Map<string, PdfReference>();
  const add = (name: string, make: () => Omit<Form, 'bytes'> & { operators: string }, xobjects = {}) => {
    const form = keptForm(`${version} ${name}`, make);
    const ref = document.ref({
      Type: 'XObject',
      Subtype: 'Form',
      BBox: form.box,
      Resources: { XObject: xobjects },
      Filter: 'FlateDecode',
    });
    ref.end(form.bytes);
    return ref;
  };
  const band: Band = {
    pageWidth,
    pageHeight,
    outer: geometry.bandOuter,
    width: geometry.bandWidth,
    colour: colours.band,
  };
  const half = band.width / 2 + 1;
  const weave = add('weave', () => ({
    operators: drawWeave(weaveLength, band.width, band.colour),
    box: [-0.3, -half, weaveLength + 0.3, half],
  }));
  const corner = add('corner', () => ({
    operators: drawCorner(band.width, band.colour),
    box: [-half, -half, half, half],
  }));
  const frame = add(
    sample ? 'frame sample' : 'frame',
    () => ({
      operators: [
        drawBackground(template),
        sample ? drawWatermark(template) : '',
        placeBand(band, weaveLength, 'Weave', 'Corner'),
        drawHairlines(band, geometry.hairline, colours.blue),
      ].join('\n'),
      box: [0, 0, pageWidth, pageHeight],
    }),
    { Weave: weave, Corner: corner },
  );
  const multiply = document.ref({ Type: 'ExtGState', BM: 'Multiply', ca: 0.9, CA: 0.9 });
  multiply.end();
  return {
    frame,
    multiply,
    seal(issuerName, isSample) {
      const around = isSample
        ? `${words.sample.zh} ${words.sample.en} · ${words.sample.zh} ${words.sample.en}`
        : issuerName;
      let ref = seals.get(around);
      if (ref === undefined) {
        const size = geometry.sealSize;
        ref = add(`seal ${around}`, () => ({
          operators: drawSeal({
            diameter: size,
            colour: colours.seal,
            around,
            across: isSample ? `${words.sample.zh} ${words.sample.en}` : words.sealPurpose.zh,
          }),
          box: [-size / 2, -size / 2, size / 2, size / 2],
        }));
        seals.set(around, ref);
      }
      return ref;
    },
  };
}

function keptForm(key: string, make: () => Omit<Form, 'bytes'> & { operators: string }): Form {
  let form = kept.get(key);
  if (form === undefined) {
    const { operators, box } = make();
    form = { bytes: deflateSync(Buffer.from(operators, 'latin1'), { level: 9 }), box: box.map(num) };
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
    kept.set(key, form);
  }
  return form;
}

function drawBackground({ colours }: CertificateTemplate): string {
  return `q 1 0 0 1 ${num(pageWidth / 2)} ${num(pageHeight / 2 + 12)} cm ${drawRosette(165, colours.ornament)} Q`;
}

function drawHairlines(band: Band, at: number, colour: string): string {
  const edges = [band.outer, band.outer + band.width].map(
    (edge) =>
      `${ink(band.colour)} RG 0.4 w ${num(edge)} ${num(edge)} ${num(pageWidth - 2 * edge)} ${num(pageHeight - 2 * edge)} re S`,
  );
  const line = `${ink(colour)} RG 0.5 w ${num(at)} ${num(at)} ${num(pageWidth - 2 * at)} ${num(pageHeight - 2 * at)} re S`;
  return [...edges, line].join('\n');
}

function drawWatermark({ colours, words }: CertificateTemplate): string {
  const text = `${words.sample.zh} ${words.sample.en}`;
  const size = 104;
  const [cos, sin] = [Math.cos(0.36), Math.sin(0.36)].map((value) => Math.round(value * 1e4) / 1e4) as [
    number,
    number,
  ];
  let x = -measure('serifBold', text, size) / 2;
  const letters = Array.from(text, (character) => {
    const letter = `q 0.104 0 0 -0.104 ${num(x)} ${num(size * 0.35)} cm ${drawOutline('serifBold', character)} f Q`;
    x += measure('serifBold', character, size);
    return letter;
  });
  return `q ${cos} ${-sin} ${sin} ${cos} ${num(pageWidth / 2)} ${num(pageHeight / 2 + 10)} cm ${ink(colours.watermark)} rg ${letters.join(' ')} Q`;
}
