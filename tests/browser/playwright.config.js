// Debian's own Chromium runs the tests: nothing here ever downloads a browser. Without windows to draw
// it needs a third less time.
import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
export const target = process.env.CARGO_TARGET_DIR ?? `${repository}target`;

const chromium = ['chromium-headless-shell', 'chromium', 'chromium-browser']
  .map((name) => `/usr/bin/${name}`)
  .find(existsSync);
if (!chromium) throw new Error('Chromium is missing: install the package "chromium-headless-shell"');

/** What every project of this folder shares. */
export const shared = {
  testDir: '.',
  outputDir: `${target}/browser-tests`,
  // Every worker starts a network of its own (server.js), so tests of two workers never meet.
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 360, height: 740 },
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
    // No smooth scrolling: a click waits until its target stands still.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
};

export default defineConfig({
  ...shared,
  projects: [
    {
      name: 'without scripts',
      testMatch: 'journeys/*.spec.js',
      use: { javaScriptEnabled: false },
    },
    // What only scripts do has a folder of its own.
    { name: 'with scripts', testMatch: 'journeys/**/*.spec.js' },
    { name: 'every page', testMatch: 'pages/*.spec.js' },
    {
      name: 'every page without scripts',
      testMatch: 'pages/every.spec.js',
      // The pages are the same in every language, but for their words.
      grep: /\(it\)/,
      use: { javaScriptEnabled: false },
    },
  ],
});
