import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as Frame } from 'react-aria-components';

export interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly { id: Id; title: string; content: ReactNode }[];
  chosen: Id;
  onChoose: (id: Id) => void;
}

export function Tabs<Id extends string>({ label, tabs, chosen, onChoose }: TabsProps<Id>) {
  return (
    <Frame className="tabbed" selectedKey={chosen} onSelectionChange={(key) => onChoose(key as Id)}>
      <TabList className="tabs" aria-label={label}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className="tab">
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="tab-panel scrolls">
          {tab.content}
        </TabPanel>
      ))}
    </Frame>
  );
}
