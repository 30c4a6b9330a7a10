// The documents of the product: finished data in, PDF bytes out. Loading this module loads neither fonts nor pdfkit.
export { renderCertificate, renderCertificates } from './render-certificate.ts';
export { renderClaimSlips } from './render-claim-slips.ts';
export { renderHeadcountSummary } from './render-headcount-summary.ts';
export { renderSignInSheet } from './render-sign-in-sheet.ts';
export { zipCertificates, type ZipEntry } from './zip-certificates.ts';
export { TextTooLong } from './certificate-fact-rows.ts';
export { findMissingGlyphs, GlyphMissing } from './fonts/missing-glyphs.ts';
export type * from './types.ts';
