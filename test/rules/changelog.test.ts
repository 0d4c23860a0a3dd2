import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { released } from '../../scripts/lib/packing/changelog.mjs';

const text = '# Changelog\n\nWords.\n\n## Unreleased\n\n### Added\n\n- One.\n\n## 0.1.0, 2026-01-31\n\n- Zero.\n';

describe('a release’s words', () => {
  it('are what stands under "Unreleased", and go under the version with an empty "Unreleased" above', () => {
    const found = released(text, '0.2.0', '2026-02-28');
    expect(found?.notes).toBe('### Added\n\n- One.\n');
    expect(found?.text).toBe(
      '# Changelog\n\nWords.\n\n## Unreleased\n\n## 0.2.0, 2026-02-28\n\n### Added\n\n- One.\n\n## 0.1.0, 2026-01-31\n\n- Zero.\n',
    );
  });

  it('are refused where nothing is new, so that no release goes out without a word', () => {
    const once = released(text, '0.2.0', '2026-02-28')!.text;
    expect(released(once, '0.3.0', '2026-03-31')).toBeNull();
  });

  it('are found in the changelog as it is', () => {
    const own = readFileSync(resolve(import.meta.dirname, '../../CHANGELOG.md'), 'utf8');
    expect(released(own, '9.9.9', '2026-01-01')?.notes).toMatch(/^### Added\n/);
  });
});
