import type { Page } from '@playwright/test';

const aboutPolicy = /Content Security Policy|TrustedScript|TrustedHTML|Trusted Type/;

/** What the content security policy blocked in a page, so that a test can fail on any of it. */
export interface ViolationLog {
  all(): Promise<readonly string[]>;
}

/**
 * Watch a page. Chromium reports every blocked act on the console, workers included; messages from before the call
 * are read back, so a page that has already loaded is covered too.
 */
export function watchViolations(page: Page): ViolationLog {
  const thrown: string[] = [];
  page.on('pageerror', (error) => {
    if (aboutPolicy.test(error.message)) thrown.push(error.message);
  });
  return {
    all: async () => {
      const said = page.isClosed() ? [] : await page.consoleMessages();
      return [...thrown, ...said.map((message) => message.text()).filter((text) => aboutPolicy.test(text))];
    },
  };
}
