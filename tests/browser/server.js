// `test` with a network to try: each worker has a demo of its own, alive as long as the worker.
import { test as base } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { target } from './playwright.config.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const binary = process.env.AUTONOMIA_BINARY ?? `${target}/release/autonomia`;

async function start() {
  const child = spawn(
    binary,
    ['demo', '--format', 'json', '--listen', '127.0.0.1:0', '--content', 'content', '--wrong-tries', '100000'],
    { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(child, 'error').then(([error]) => Promise.reject(error)),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the demo ended with ${code}`))),
  ]);
  const { address, accounts } = JSON.parse(line);
  return { child, address: address.startsWith('http') ? address : `http://${address}`, accounts };
}

async function stop(child) {
  if (child.exitCode !== null) throw new Error(`the demo ended by itself with ${child.exitCode}`);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  const [code, signal] = await ended;
  clearTimeout(late);
  if (code !== 0) throw new Error(`the demo stopped with ${code ?? signal} instead of 0`);
}

/** A network of a test's own, for what would be in the way of others; the test stops it. */
export async function own() {
  const { child, address, accounts } = await start();
  return {
    address,
    account: (role, nth = 0) => accounts.filter((account) => account.role === role)[nth],
    stop: () => stop(child),
  };
}

export const test = base.extend({
  site: [
    async ({}, use) => {
      const { child, address, accounts } = await start();
      await use({
        address,
        /** How the demo's person of this role enters; of several, the first or the nth after. */
        account: (role, nth = 0) => accounts.filter((account) => account.role === role)[nth],
        /** Keeps everybody waiting until it goes on. */
        freeze: () => child.kill('SIGSTOP'),
        thaw: () => child.kill('SIGCONT'),
      });
      await stop(child);
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: async ({ site }, use) => use(site.address),
});

export { expect } from '@playwright/test';
