import { describe, expect, it } from 'vitest';
import { english } from '../../../shared/text/catalogue.ts';
import { endingWords, momentWords, noticeWords } from '../../../electron/platform/native-words.ts';
import type { Notice } from '../../../electron/services/ports.ts';

const nowMs = new Date(2026, 4, 14, 12).getTime();
const moment = momentWords('en-GB', nowMs);
const hour = 3_600_000;

function words(more: Partial<Notice>) {
  const notice: Notice = {
    kind: 'needed',
    remedy: 'sign_in',
    connectionIds: ['a'],
    label: 'Plan',
    account: null,
    endsAtMs: null,
    ...more,
  };
  return noticeWords(english, notice, moment);
}

describe('a notification', () => {
  it('says what is needed, of which one, and what to do', () => {
    expect(words({})).toEqual({
      title: 'Sign in needed',
      body: '“Plan” cannot be renewed any more. Sign in again to go on.',
    });
    expect(words({ remedy: 'set_up', account: 'pm@firm.example' })).toEqual({
      title: 'Grantkeep needs you',
      body: '“Plan” (pm@firm.example) cannot be renewed until you put something right.',
    });
  });

  it('names the first of several and counts the others, or only counts where nothing may be named', () => {
    expect(words({ connectionIds: ['a', 'b'] }).body).toMatch(/^“Plan” and one other /);
    expect(words({ connectionIds: ['a', 'b', 'c'] }).body).toMatch(/^“Plan” and 2 others /);
    expect(words({ label: null }).body).toMatch(/^A connection /);
    expect(words({ label: null, connectionIds: ['a', 'b', 'c'] }).body).toMatch(/^3 connections /);
  });

  it('says when the first ends, by its day where that is another', () => {
    expect(words({ kind: 'soon', endsAtMs: nowMs + 2 * hour }).body).toContain('“Plan” ends 14:00.');
    expect(words({ kind: 'soon', endsAtMs: nowMs + 24 * hour, connectionIds: ['a', 'b'] }).body).toMatch(
      /^“Plan” and one other end soon, the first Fri,? 15 May, 12:00\./,
    );
  });

  it('closes the loop', () => {
    expect(words({ kind: 'recovered' })).toEqual({
      title: 'Works again',
      body: '“Plan” works again. Nothing is left to do.',
    });
  });
});

it('the question at quitting names the three that end soonest and counts the rest', () => {
  const ending = (label: string, renewable: boolean) => ({ label, endsAtMs: nowMs + hour, renewable });
  const all = [ending('a', true), ending('b', false), ending('c', true), ending('d', true), ending('e', true)];
  expect(endingWords(english, all, moment)).toBe(
    [
      'Sooner than others:',
      '“a”: its token ends 13:00',
      '“b”: ends 13:00, then sign in again',
      '“c”: its token ends 13:00',
      'and 2 others',
    ].join('\n'),
  );
  expect(endingWords(english, all.slice(0, 1), moment)).not.toContain('other ');
});
