import { type ReactNode, useCallback } from 'react';
import type { Output } from '../../../shared/ipc/contract.ts';
import { leadHourChoices, type LeadHours, type NoticeNames, type PresenceView } from '../../../shared/model/notices.ts';
import { useClient } from '../../program.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Segments } from '../../ui/segments.tsx';
import { useText } from '../../ui/text.ts';
import './notifications.css';
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
    <section className="notice-settings" aria-labelledby="notice-settings-title">
      <h1 className="title" id="notice-settings-title">
        {words.title}
      </h1>
      <p className="lead">{words.lead}</p>
      {problem !== null && <ProblemNote problem={problem} />}
      {notices.view !== null && (
        <Told view={notices.view} keep={(change) => notices.keep(() => client.notices.keep(change))} />
      )}
      {presence.view !== null && (
        <Staying view={presence.view} keep={(change) => presence.keep(() => client.presence.keep(change))} />
      )}
    </section>
  );
}

type NoticesChange = { on?: boolean; names?: NoticeNames; leadHours?: LeadHours };

function Told({ view, keep }: { view: NoticesView; keep: (change: NoticesChange) => void }) {
  const { settings: words } = useText().notices;
  const silent = !view.supported || !view.on;
  return (
    <div className="card">
      <Choice words={words.on} note={view.supported ? words.onNote : words.unsupported}>
        <CheckBox
          aria-label={words.on}
          chosen={view.supported && view.on}
          disabled={!view.supported}
          onChange={(on) => keep({ on })}
        />
      </Choice>
      <Choice words={words.names} note={words.namesNote}>
        <Segments<NoticeNames>
          label={words.names}
          options={(['none', 'label', 'account'] as const).map((id) => ({ id, words: words.nameChoices[id] }))}
          chosen={view.names}
          disabled={silent}
          onChoose={(names) => keep({ names })}
        />
      </Choice>
      <Choice words={words.leadTime} note={words.leadNote}>
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
      </Choice>
    </div>
  );
}

type PresenceChange = { startsAtLogin?: boolean; closeToTray?: boolean; quitWarning?: boolean };

function Staying({ view, keep }: { view: PresenceView; keep: (change: PresenceChange) => void }) {
  const { settings: words } = useText().notices;
  return (
    <>
      <h2 className="subhead">{words.staying}</h2>
      <div className="card">
        <Choice words={words.login} note={view.startsAtLogin === null ? words.loginImpossible : words.loginNote}>
          <CheckBox
            aria-label={words.login}
            chosen={view.startsAtLogin === true}
            disabled={view.startsAtLogin === null}
            onChange={(startsAtLogin) => keep({ startsAtLogin })}
          />
        </Choice>
        <Choice words={words.tray} note={view.trayHosted ? words.trayNote : words.trayNone}>
          <CheckBox
            aria-label={words.tray}
            chosen={view.trayHosted && view.closeToTray}
            disabled={!view.trayHosted}
            onChange={(closeToTray) => keep({ closeToTray })}
          />
        </Choice>
        <Choice words={words.quitWarning}>
          <CheckBox
            aria-label={words.quitWarning}
            chosen={view.quitWarning}
            onChange={(quitWarning) => keep({ quitWarning })}
          />
        </Choice>
      </div>
    </>
  );
}

/** One row of a card: what is chosen, a reason under it, and the choice at its end. */
function Choice({ words, note, children }: { words: string; note?: string; children: ReactNode }) {
  return (
    <div className="notice-choice">
      <div className="grow">
        <div className="label">{words}</div>
        {note !== undefined && <div className="note dim">{note}</div>}
      </div>
      {children}
    </div>
  );
}
