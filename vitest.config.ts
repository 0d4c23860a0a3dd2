import { defineConfig } from 'vitest/config';

/**
 * `unit`, `integration` and `faults` need Node alone; `e2e` and `tour` need a display, a keychain and the built program.
 * On a busy machine a test can miss its moment: it is run once more, and the end of the run names each that needed it.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{shared,electron,renderer,rules}/**/*.test.{ts,tsx}'],
          retry: 1,
          testTimeout: 15_000,
          environment: 'node',
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: 20_000,
          retry: 1,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          environment: 'node',
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          retry: 1,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'tour',
          include: ['test/tour/{tour,states}.ts'],
          environment: 'node',
          testTimeout: 240_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
