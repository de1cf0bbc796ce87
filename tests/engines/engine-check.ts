import type { CheckedRun } from '../../src/labs/engine-check/protocol.ts';
import { until, type Driver } from './driver.ts';

/**
 * Presses the button of the page /reference/engine/ and waits for what comes out.
 * @param site origin of the built site
 */
export async function checkEngine(driver: Driver, site: string): Promise<{ readonly runs: readonly CheckedRun[] }> {
  await driver.go(`${site}/reference/engine/`);
  await until(driver, "return customElements.get('engine-check') !== undefined", 'loading');
  await driver.click('engine-check button');
  await until(driver, "return document.querySelector('engine-check').runs !== undefined", 'the check of the engine');
  return driver.evaluate("return { runs: document.querySelector('engine-check').runs }");
}
