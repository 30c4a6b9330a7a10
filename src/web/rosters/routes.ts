// Rosters: list, template, upload, preview, commitment, undo, log, and single trainees.
import type { Deps } from '../../deps.ts';
import { get, gives, post, type Route } from '../kernel/route.ts';
import { paths } from '../paths.ts';
import { addTraineeForm, showAddTrainee } from './add-trainee.ts';
import { commitForm, undoForm } from './commit-import.ts';
import { sendRoster, sendTemplate } from './export-roster.ts';
import { showLog } from './list-imports.ts';
import { matchColumnsForm } from './match-columns.ts';
import { sendResultFile } from './result-file.ts';
import { showImport } from './show-import.ts';
import { showRoster, showRosterSheet } from './show-roster.ts';
import { showUpload, uploadForm } from './upload-roster.ts';

export function rosterRoutes(deps: Deps): readonly Route[] {
  return [
    get(paths.roster.pattern, 'roster.view', (exchange) => showRoster(deps, exchange)),
    post(paths.roster.pattern, 'roster.import', uploadForm(deps)),
    get(paths.newRoster.pattern, 'roster.import', (exchange) => showUpload(deps, exchange)),
    gives(
      ['xlsx', 'csv'],
      get(paths.rosterTemplate.pattern, 'roster.import', (exchange) => sendTemplate(deps, exchange)),
    ),
    gives(
      ['xlsx', 'csv'],
      get(paths.rosterFile.pattern, 'roster.view', (exchange) => sendRoster(deps, exchange)),
    ),
    get(paths.rosterPrint.pattern, 'roster.view', (exchange) => showRosterSheet(deps, exchange)),
    get(paths.newEnrolment.pattern, 'roster.import', (exchange) => showAddTrainee(deps, exchange)),
    post(paths.enrolments.pattern, 'roster.import', addTraineeForm(deps)),
    get(paths.rosterImports.pattern, 'roster.log', (exchange) => showLog(deps, exchange)),
    get(paths.rosterImport.pattern, 'roster.log', (exchange) => showImport(deps, exchange)),
    post(paths.rosterColumns.pattern, 'roster.import', matchColumnsForm(deps)),
    post(paths.rosterCommitment.pattern, 'roster.import', commitForm(deps)),
    post(paths.rosterReversal.pattern, 'roster.import', undoForm(deps)),
    gives(
      ['xlsx', 'csv'],
      get(paths.rosterErrorFile.pattern, 'roster.log', (exchange) => sendResultFile(deps, exchange)),
    ),
  ];
}
