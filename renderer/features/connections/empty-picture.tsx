import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';

/** The one graphic, told once: you sign in, a token lives, it is renewed before it ends. */
export function EmptyPicture() {
  const { empty } = useText().connections;
  return (
    <div className="empty-picture st-working" role="img" aria-label={empty.picture}>
      <div className="empty-gate" aria-hidden>
        <StateMark kind="signin" size={24} plain />
      </div>
      <svg width="100%" height="24" viewBox="0 0 520 24" preserveAspectRatio="none" aria-hidden>
        <line className="empty-thread" x1="36" x2="140" y1="12" y2="12" />
        <rect className="empty-life" x="150" y="5" width="176" height="14" rx="4" />
        <circle className="empty-ring" cx="340" cy="12" r="5" />
        <rect className="empty-plan" x="353" y="6" width="74" height="12" rx="4" />
        <rect className="empty-plan" x="435" y="6" width="74" height="12" rx="4" />
      </svg>
      <div className="empty-words note num" aria-hidden>
        <span>{empty.pictureSign}</span>
        <span>{empty.pictureLife}</span>
        <span>{empty.pictureRenewed}</span>
      </div>
    </div>
  );
}
