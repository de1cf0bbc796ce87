import { spawn, type ChildProcess } from 'node:child_process';
import { globSync } from 'node:fs';
import { installPackages, onPath } from '../support/browser.ts';
import type { Driver } from './driver.ts';

const DRIVER_PORT = 4331;
const DISPLAY = ':97';
/** How WebDriver writes the keys that are no letters. */
const KEYS: Readonly<Record<string, string>> = { Escape: '\uE00C', Enter: '\uE007', Tab: '\uE004', ArrowDown: '\uE015' };
/** Under which name WebDriver hands elements about. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

function tools(): { driver: string; browser: string; display: string } | undefined {
  const driver = onPath('WebKitWebDriver');
  const [browser] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser');
  const display = onPath('Xvfb');
  return driver === undefined || browser === undefined || display === undefined ? undefined : { driver, browser, display };
}

/** WebKitGTK's MiniBrowser on a virtual screen, driven over WebDriver. @throws Error saying what to do where it is missing */
export async function openWebKit(): Promise<Driver> {
  const found = tools() ?? (installPackages('webkit2gtk-driver', 'xvfb') ? tools() : undefined);
  if (found === undefined) {
    throw new Error('WebKitGTK is not on this machine.\nInstall the packages "webkit2gtk-driver" and "xvfb" and try again.');
  }
  const started: ChildProcess[] = [spawn(found.display, [DISPLAY, '-screen', '0', '1440x900x24'], { stdio: 'ignore' })];
  const env = {
    ...process.env,
    DISPLAY,
    // neither a sandbox nor a graphics card is to be had in a container
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
  };
  started.push(spawn(found.driver, [`--port=${DRIVER_PORT}`], { stdio: 'ignore', env }));
  const stop = (): void => {
    for (const child of started.reverse()) child.kill();
  };

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${DRIVER_PORT}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
    if (!answer.ok) throw new Error(`WebKit: ${method} ${path}: ${value.error ?? ''} ${value.message ?? ''}`);
    return value;
  }

  try {
    for (let tries = 0; ; tries++) {
      try {
        await call('GET', '/status');
        break;
      } catch (error) {
        if (tries === 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    const { sessionId, capabilities } = await call<{ sessionId: string; capabilities: { browserVersion: string } }>('POST', '/session', {
      capabilities: {
        alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: found.browser, args: ['--automation'] } },
      },
    });
    const session = `/session/${sessionId}`;
    return {
      name: 'WebKit',
      version: capabilities.browserVersion,
      async go(address) {
        // the same address again would answer before the page is new
        await call('POST', `${session}/url`, { url: 'about:blank' });
        await call('POST', `${session}/url`, { url: address });
      },
      evaluate: (body) => call('POST', `${session}/execute/sync`, { script: body, args: [] }),
      async click(selector) {
        // MiniBrowser does not scroll to what it is to click
        await call('POST', `${session}/execute/sync`, {
          script: `document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })`,
          args: [selector],
        });
        const element = await call<Record<string, string>>('POST', `${session}/element`, { using: 'css selector', value: selector });
        await call('POST', `${session}/element/${element[ELEMENT] ?? ''}/click`, {});
      },
      press(key) {
        const value = KEYS[key] ?? key;
        return call('POST', `${session}/actions`, {
          actions: [
            {
              type: 'key',
              id: 'keyboard',
              actions: [
                { type: 'keyDown', value },
                { type: 'keyUp', value },
              ],
            },
          ],
        });
      },
      async close() {
        await call('DELETE', session).catch(() => undefined);
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
