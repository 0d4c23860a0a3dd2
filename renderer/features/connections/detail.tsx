import { ArrowLeft, Ellipsis } from 'lucide-react';
import { type Ref, useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { trueNowMs, useFromNow } from '../../ui/clock.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useKeyNames } from '../../ui/keys.ts';
import { markOf, tileOf } from '../../ui/looks.ts';
import { Menu } from '../../ui/menu.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { type ConnectionActs, moreActs } from './acts.tsx';
import { HistoryTab } from './history.tsx';
import { Overview } from './overview.tsx';
import { Rename } from './rename.tsx';
import { SetUp } from './set-up.tsx';
import { TokenTab } from './token-tab.tsx';
import './token.css';
import { useHistory } from './use-history.ts';

export interface DetailProps {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  acts: ConnectionActs;
  renaming: boolean;
  onRenamed: () => void;
  /** Where the detail covers the list: back to it. */
  onBack: () => void;
  ref?: Ref<HTMLElement>;
}

type TabId = 'overview' | 'token' | 'history' | 'setup';

export function Detail({ ref, ...props }: DetailProps) {
  const { connection, provider, acts, renaming, onRenamed, onBack } = props;
  const { connections: text, actions } = useText();
  const keyNames = useKeyNames();
  const [tab, setTab] = useState<TabId>('overview');
  const mark = useFromNow((nowMs) => markOf(connection, nowMs));
  const history = useHistory(connection);
  const providerName = provider?.name ?? connection.providerId;
  const who = connection.account === null ? providerName : `${providerName}, ${connection.account}`;
  const [openedMs] = useState(() => trueNowMs());
  return (
    <aside ref={ref} className={`detail st-${mark}`} aria-label={connection.label} tabIndex={-1}>
      <header className="detail-top">
        <IconButton
          className="detail-back"
          icon={<ArrowLeft className="icon" aria-hidden />}
          label={text.acts.back}
          onPress={onBack}
        />
        <Tile {...tileOf(provider, connection)} size="large" />
        <div className="grow">
          {renaming ? (
            <Rename connection={connection} onDone={onRenamed} />
          ) : (
            <>
              <h2 className="head clip selectable" title={connection.label}>
                {connection.label}
              </h2>
              <div className="note clip selectable" title={who}>
                {connection.realm === 'practice' ? text.practiceOf(who) : who}
              </div>
            </>
          )}
        </div>
        <Menu
          label={text.acts.more}
          acts={moreActs({ connection, provider, acts, text, names: actions.names, keyNames, nowMs: openedMs })}
        >
          <IconButton icon={<Ellipsis className="icon" aria-hidden />} label={text.acts.more} />
        </Menu>
      </header>
      <Tabs
        label={text.tabs.label}
        chosen={tab}
        onChoose={setTab}
        tabs={[
          {
            id: 'overview',
            title: text.tabs.overview,
            content: (
              <Overview
                connection={connection}
                provider={provider}
                acts={acts}
                history={history}
                onAllHistory={() => setTab('history')}
              />
            ),
          },
          {
            id: 'token',
            title: text.tabs.token,
            content: <TokenTab connection={connection} provider={provider} acts={acts} />,
          },
          { id: 'history', title: text.tabs.history, content: <HistoryTab history={history} /> },
          { id: 'setup', title: text.tabs.setup, content: <SetUp connection={connection} provider={provider} /> },
        ]}
      />
    </aside>
  );
}
