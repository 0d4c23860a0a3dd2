import { Lock, Search, SquareTerminal } from 'lucide-react';
import { type KeyboardEvent, useContext, useEffect, useRef } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { isPressOf } from '../shared/model/actions.ts';
import { BrandMark } from './ui/brand-mark.tsx';
import { IconButton } from './ui/icon-button.tsx';
import { PlatformContext, useKeyNames } from './ui/keys.ts';
import { KeyCap } from './ui/key-cap.tsx';
import { useText } from './ui/text.ts';

export interface TitleBarProps {
  query: string;
  onQuery: (query: string) => void;
  /** There is a list to search. */
  findable: boolean;
  /** Esc in the empty field, or arrow down: the keyboard goes to the list. */
  onLeave: () => void;
  /** Counts up when the keyboard is sent to the find field. */
  findCall?: number;
  /** Everything by name; undefined where there is nothing to do yet. */
  onPalette?: (() => void) | undefined;
  /** There is a vault to lock. */
  onLock?: (() => void) | undefined;
}

/** The row under the desktop's own frame: name, and the find field in the middle. */
export function TitleBar({ query, onQuery, findable, onLeave, onLock, findCall = 0, onPalette }: TitleBarProps) {
  const { shell, actions } = useText();
  const platform = useContext(PlatformContext);
  const keyNames = useKeyNames();
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    function onKeyDown(event: globalThis.KeyboardEvent): void {
      if (!isPressOf('find', event, platform)) return;
      // A dialog keeps the keyboard to itself.
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [platform]);

  useEffect(() => {
    if (findCall > 0) field.current?.focus();
  }, [findCall]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'Enter' || (event.key === 'Escape' && query === '')) {
      event.preventDefault();
      onLeave();
    }
  }

  return (
    <header className="bar">
      <span className="brand">
        <BrandMark />
        <span className="bar-name">{shell.productName}</span>
      </span>
      {findable && (
        <SearchField className="find" aria-label={shell.find.label} value={query} onChange={onQuery}>
          <Search className="icon" aria-hidden />
          <Input ref={field} className="find-it" placeholder={shell.find.placeholder} onKeyDown={onKeyDown} />
          {query === '' && <KeyCap>{keyNames(shell.find.keys)}</KeyCap>}
        </SearchField>
      )}
      <span className="bar-rest">
        {onPalette !== undefined && (
          <IconButton
            icon={<SquareTerminal className="icon" aria-hidden />}
            label={keyNames(actions.palette.open)}
            onPress={onPalette}
          />
        )}
        {onLock !== undefined && (
          <IconButton icon={<Lock className="icon" aria-hidden />} label={keyNames(shell.lock)} onPress={onLock} />
        )}
      </span>
    </header>
  );
}
