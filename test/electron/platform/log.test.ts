import { describe, expect, it } from 'vitest';
import { logLine } from '../../../electron/platform/log.ts';
import type { LogFields } from '../../../electron/services/ports.ts';

const marker = 'eyJhbGciOi MARKER';

describe('B64: a log line', () => {
  it('holds listed fields only', () => {
    const line = logLine(0, 'renewal failed', {
      code: 'server_refused',
      status: 503,
      token: marker,
    } as unknown as LogFields);
    expect(JSON.parse(line)).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      event: 'renewal failed',
      code: 'server_refused',
      status: 503,
    });
  });

  it('prints no value that is more than a code or a host', () => {
    const line = logLine(0, 'x', {
      host: `auth.example/path?token=${marker}`,
      area: 'a@b',
      systemCode: 'ECONNREFUSED',
    });
    expect(JSON.parse(line)).toMatchObject({
      host: '[unprintable]',
      area: '[unprintable]',
      systemCode: 'ECONNREFUSED',
    });
  });

  it('drops a field of another type', () => {
    expect(logLine(0, 'x', { status: { body: marker } } as unknown as LogFields)).not.toContain(marker);
  });
});
