import { AppError } from '../../shared/errors.ts';
import type { DraftView } from '../../shared/model/draft.ts';
import type { ProviderView } from '../../shared/model/provider.ts';
import type { Drafts } from './drafts.ts';
import { plainName, shownHost } from './plain-name.ts';
import type { ChosenFiles, Confirm, Log } from './ports.ts';
import { mostProviderBytes, readProvider, writeProvider } from './provider-file.ts';
import type { Realms } from './realms.ts';

export interface ProviderFileTools {
  realms: Realms;
  drafts: Drafts;
  files: ChosenFiles;
  confirm: Confirm;
  log: Log;
  view(providerId: string): ProviderView;
}

/** Where any other provider is asked, without the registration and without a secret: others make an app of their own. */
export async function saveProvider(tools: ProviderFileTools, appId: string): Promise<{ saved: boolean }> {
  const { realms, files, log } = tools;
  const { vault, app } = realms.app(appId);
  const view = tools.view(app.providerId);
  if (vault.realm === 'practice' || view.discovery === null) throw new AppError('bad_input');
  const name = plainName(app.name) === '' ? view.name : plainName(app.name);
  // Member by member: a new member of the record does not get into a file by itself.
  const text = writeProvider({
    name,
    issuer: app.issuer,
    endpoints: app.endpoints.flatMap(({ kind, url }) => (url === null ? [] : [{ kind, url }])),
    scopes: [...app.scopes],
    choices: { ...app.choices },
  });
  const saved = await files.save(`${name.replace(/[^\p{L}\p{N} _-]+/gu, ' ').trim()} provider.json`, text, 'provider');
  if (saved) log.write('provider saved', { provider: app.providerId });
  return { saved };
}

/**
 * Fills a draft out of such a file. Main's dialog shows it before: its name, its issuer, and the host of each address.
 * Nothing is asked of anybody, and nothing stored, by taking it.
 */
export async function openProvider(tools: ProviderFileTools, draftId: string): Promise<DraftView> {
  const { drafts, files, confirm, log } = tools;
  drafts.mustTakeProvider(draftId);
  const file = await files.open(mostProviderBytes, 'provider');
  if (file === null) return drafts.show(drafts.get(draftId));
  const provider = readProvider(file.bytes);
  const yes = await confirm.ask({
    kind: 'take_provider',
    file: plainName(file.name),
    name: plainName(provider.name),
    issuer: provider.issuer === null ? null : shownHost(provider.issuer),
    addresses: provider.endpoints.map(({ kind, url }) => ({ kind, host: shownHost(url) })),
  });
  if (!yes) throw new AppError('not_confirmed');
  const view = drafts.takeProvider(draftId, provider);
  log.write('provider taken', { count: provider.endpoints.length });
  return view;
}
