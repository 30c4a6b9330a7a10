// Certificates issued elsewhere or earlier: uploaded or typed, looked at, submitted, and decided by a second officer.
import type { Deps } from '../../deps.ts';
import { freshForm } from '../kernel/form.ts';
import { get, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { approveImportForm, returnImportForm, showImport } from './decide-import.ts';
import { listImports } from './list-imports.ts';
import { recordForm, showRecord } from './record.ts';

export function certificateImportRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.certificateImports.pattern, 'certificateImport.list', (exchange) =>
      listImports(deps, exchange),
    ),
    get(paths.newCertificateImport.pattern, 'certificateImport.upload', (exchange) =>
      showRecord(exchange, freshForm()),
    ),
    post(paths.certificateImports.pattern, 'certificateImport.upload', recordForm(deps)),
    get(paths.certificateImport.pattern, 'certificateImport.list', (exchange) =>
      showImport(deps, exchange, freshForm()),
    ),
    post(paths.certificateImportApproval.pattern, 'certificateImport.decide', approveImportForm(deps)),
    post(paths.certificateImportReturn.pattern, 'certificateImport.decide', returnImportForm(deps)),
  ];
}
