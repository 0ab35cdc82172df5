// `npm run pages`: walks through every page in both languages and keeps its HTML in the folder that
// AUTONOMIA_PAGES names. `npm test` does the same beside its own checks.
import { defineConfig } from '@playwright/test';
import { shared } from './playwright.config.js';

export default defineConfig({
  ...shared,
  testMatch: 'pages/kept.js',
  use: { ...shared.use, javaScriptEnabled: false, screenshot: 'off' },
});
