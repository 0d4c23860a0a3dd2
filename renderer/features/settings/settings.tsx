import { Archive, Bell, ChevronLeft, Info, Shield } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as Pressable } from 'react-aria-components';
import type { SettingsSection } from '../../shell-acts.ts';
import { useMedia } from '../../ui/media.ts';
import { useText } from '../../ui/text.ts';
import { WithTip } from '../../ui/tip.tsx';
import { AboutSection } from './about-section.tsx';
import { BackupSection } from './backup-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { SecuritySection } from './security-section.tsx';
import './settings.css';

/** Every section there is: its icon and its page. Another one is a line here and its name in the catalogue. */
const sections: Record<SettingsSection, { icon: ReactNode; page: () => ReactNode }> = {
  security: { icon: <Shield className="icon" aria-hidden />, page: SecuritySection },
  notifications: { icon: <Bell className="icon" aria-hidden />, page: NotificationsSection },
  backup: { icon: <Archive className="icon" aria-hidden />, page: BackupSection },
  about: { icon: <Info className="icon" aria-hidden />, page: AboutSection },
};

export interface SettingsProps {
  section: SettingsSection;
  onSection: (section: SettingsSection) => void;
  onBack: () => void;
}

/** Sections at the left, cards of rows beside them; what is changed is kept at once. */
export function Settings({ section, onSection, onBack }: SettingsProps) {
  const { settings } = useText();
  const rail = useMedia('(max-width: 1100px)');
  const Page = sections[section].page;
  return (
    <div className="frame-body">
      <nav className="side scrolls" aria-label={settings.title}>
        <WithTip tip={rail ? settings.back : undefined}>
          <Pressable className="nav settings-back" aria-label={settings.back} onPress={onBack} autoFocus>
            <ChevronLeft className="icon" aria-hidden />
            <span className="tx clip">{settings.back}</span>
          </Pressable>
        </WithTip>
        {(Object.keys(sections) as SettingsSection[]).map((id) => (
          <WithTip key={id} tip={rail ? settings.sections[id] : undefined}>
            <Pressable
              className="nav"
              aria-label={settings.sections[id]}
              aria-current={id === section ? 'page' : undefined}
              onPress={() => onSection(id)}
            >
              {sections[id].icon}
              <span className="tx clip">{settings.sections[id]}</span>
            </Pressable>
          </WithTip>
        ))}
        <p className="settings-kept note tx">{settings.keptAtOnce}</p>
      </nav>
      <div className="sheet">
        <main className="settings scrolls">
          <div className="settings-in">
            <Page />
          </div>
        </main>
      </div>
    </div>
  );
}
