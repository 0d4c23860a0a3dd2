import { useCallback } from 'react';
import type { Output } from '../../../shared/ipc/contract.ts';
import { leadHourChoices, type LeadHours, type NoticeNames, type PresenceView } from '../../../shared/model/notices.ts';
import { useClient } from '../../program.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useText } from '../../ui/text.ts';
import './notifications.css';
import { SettingRow } from './setting-row.tsx';
import { useKept } from './use-kept.ts';

type NoticesView = Output<'notices.settings'>;

/** What is told by the system's notifications, and how the program stays while its window is closed. */
export function NotificationsSection() {
  const { settings: words } = useText().notices;
  const client = useClient();
  const notices = useKept<NoticesView>(useCallback(() => client.notices.settings({}), [client]));
  const presence = useKept<PresenceView>(useCallback(() => client.presence.settings({}), [client]));
  const problem = notices.problem ?? presence.problem;
  return (
    <>
      <h1 className="title">{words.title}</h1>
      <p className="settings-lead">{words.lead}</p>
      {problem !== null && <ProblemNote problem={problem} />}
      {notices.view !== null && (
        <Told view={notices.view} keep={(change) => notices.keep(() => client.notices.keep(change))} />
      )}
      {presence.view !== null && (
        <Staying view={presence.view} keep={(change) => presence.keep(() => client.presence.keep(change))} />
      )}
    </>
  );
}

type NoticesChange = { on?: boolean; names?: NoticeNames; leadHours?: LeadHours };

function Told({ view, keep }: { view: NoticesView; keep: (change: NoticesChange) => void }) {
  const { settings: words } = useText().notices;
  const silent = !view.supported || !view.on;
  return (
    <div className="card">
      <SettingRow name={words.on} note={view.supported ? words.onNote : words.unsupported}>
        <Switch
          label={words.on}
          on={view.supported && view.on}
          disabled={!view.supported}
          onChange={(on) => keep({ on })}
        />
      </SettingRow>
      <SettingRow name={words.names} note={words.namesNote}>
        <Segments<NoticeNames>
          label={words.names}
          options={(['none', 'label', 'account'] as const).map((id) => ({ id, words: words.nameChoices[id] }))}
          chosen={view.names}
          disabled={silent}
          onChoose={(names) => keep({ names })}
        />
      </SettingRow>
      <SettingRow name={words.leadTime} note={words.leadNote}>
        <Segments<`${LeadHours}`>
          label={words.leadTime}
          options={leadHourChoices.map((hours) => ({ id: `${hours}`, words: words.leadChoices[hours] }))}
          chosen={`${view.leadHours}`}
          disabled={silent}
          onChoose={(chosen) => {
            const leadHours = leadHourChoices.find((hours) => `${hours}` === chosen);
            if (leadHours !== undefined) keep({ leadHours });
          }}
        />
      </SettingRow>
    </div>
  );
}

type PresenceChange = { startsAtLogin?: boolean; closeToTray?: boolean; quitWarning?: boolean };

function Staying({ view, keep }: { view: PresenceView; keep: (change: PresenceChange) => void }) {
  const { settings: words } = useText().notices;
  return (
    <>
      <h2 className="settings-head">{words.staying}</h2>
      <div className="card">
        <SettingRow name={words.login} note={view.startsAtLogin === null ? words.loginImpossible : words.loginNote}>
          <Switch
            label={words.login}
            on={view.startsAtLogin === true}
            disabled={view.startsAtLogin === null}
            onChange={(startsAtLogin) => keep({ startsAtLogin })}
          />
        </SettingRow>
        <SettingRow name={words.tray} note={view.trayHosted ? words.trayNote : words.trayNone}>
          <Switch
            label={words.tray}
            on={view.trayHosted && view.closeToTray}
            disabled={!view.trayHosted}
            onChange={(closeToTray) => keep({ closeToTray })}
          />
        </SettingRow>
        <SettingRow name={words.quitWarning}>
          <Switch label={words.quitWarning} on={view.quitWarning} onChange={(quitWarning) => keep({ quitWarning })} />
        </SettingRow>
      </div>
    </>
  );
}
