import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../electron/secret.ts';
import { copyText, type Presentation } from '../../../electron/services/copy-forms.ts';

const bearer: Presentation = {
  place: 'header',
  name: 'Bearer',
  testUrl: 'https://api.example/me',
  environmentName: 'TEAMGANTT',
};
const query: Presentation = {
  place: 'query',
  name: 'access_token',
  testUrl: 'https://ts.example/api/v1/people?x=1',
  environmentName: 'ER_STUDIO',
};
const token = new Secret('eyJ.a-b_c');
const nasty = new Secret(`a'b"c$d\`e\\f g&h`);

const text = (...args: Parameters<typeof copyText>): string => copyText(...args).reveal();

describe('copy forms', () => {
  it('hands over exactly the token', () => {
    expect(text('token', nasty, bearer)).toBe(nasty.reveal());
  });

  it('writes each form as its tool reads it', () => {
    expect(text('header', token, bearer)).toBe('Authorization: Bearer eyJ.a-b_c');
    expect(text('env', token, bearer)).toBe('TEAMGANTT_TOKEN=eyJ.a-b_c');
    expect(text('curl', token, bearer)).toBe(
      `curl 'https://api.example/me' --header 'Authorization: Bearer eyJ.a-b_c' --header 'Accept: application/json'`,
    );
    expect(text('powershell', token, bearer)).toBe(
      `Invoke-RestMethod -Uri 'https://api.example/me' -Headers @{ Authorization = 'Bearer eyJ.a-b_c' }`,
    );
    expect(text('httpie', token, bearer)).toBe(`http GET 'https://api.example/me' 'Authorization:Bearer eyJ.a-b_c'`);
  });

  it('puts the token into the query where the provider wants it there', () => {
    expect(text('header', token, query)).toBe('access_token=eyJ.a-b_c');
    expect(text('curl', token, query)).toBe(
      `curl 'https://ts.example/api/v1/people?x=1&access_token=eyJ.a-b_c' --header 'Accept: application/json'`,
    );
  });

  it('survives a real shell with every special character', () => {
    const line = text('curl', nasty, bearer).replace(/^curl /, 'printf "%s\\n" ');
    const words = execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' }).split('\n');
    expect(words[2]).toBe(`Authorization: Bearer ${nasty.reveal()}`);
    const sourced = execFileSync('/bin/sh', ['-c', `${text('env', nasty, bearer)}; printf %s "$TEAMGANTT_TOKEN"`], {
      encoding: 'utf8',
    });
    expect(sourced).toBe(nasty.reveal());
  });

  it('doubles single quotes for PowerShell', () => {
    expect(text('powershell', new Secret("a'b"), bearer)).toContain(`'Bearer a''b'`);
  });

  it('makes no request form without a test address', () => {
    for (const form of ['curl', 'powershell', 'httpie'] as const) {
      expect(() => copyText(form, token, { ...bearer, testUrl: null })).toThrow('address_missing');
    }
    expect(text('token', token, { ...bearer, testUrl: null })).toBe('eyJ.a-b_c');
  });
});
