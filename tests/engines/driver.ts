/** What the smoke tests need of a browser, whichever it is. */
export interface Driver {
  readonly name: string;
  /** As the browser gives it. */
  readonly version: string;
  go(address: string): Promise<void>;
  /** Runs the body of a function in the page and gives what it returns. */
  evaluate<T>(body: string): Promise<T>;
  click(selector: string): Promise<void>;
  /** Presses one key, such as `a`, `/` or `Escape`, where the focus is. */
  press(key: string): Promise<void>;
  close(): Promise<void>;
}

/** Waits until the page says so; at most ten seconds unless told. @throws Error with `what` when it never does */
export async function until(driver: Driver, body: string, what: string, seconds = 10): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    if (await driver.evaluate<boolean>(body)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${driver.name}: ${what} did not happen within ${seconds} seconds`);
}
