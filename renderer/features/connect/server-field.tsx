import type { FieldName } from '../../../shared/errors.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';
import { clearOf, type OwnServer, serverFault } from './checks.ts';

interface ServerFieldProps {
  values: OwnServer;
  onChange: (patch: Partial<OwnServer>, field: FieldName) => void;
  badOf: (field: FieldName) => string | undefined;
  help: string | undefined;
  /** Practice has a server of its own. */
  fixed: boolean;
}

/** The address of one's own server and, where it is asked in clear, the warning with the consent it needs (E6, E7). */
export function ServerField({ values, onChange, badOf, help, fixed }: ServerFieldProps) {
  const { connect } = useText();
  const words = connect.keys;
  const typed = values.baseUrl ?? '';
  const fault = serverFault(typed);
  const faults = {
    not_an_address: connect.addresses.notAnAddress,
    user_info: connect.addresses.userInfo,
    fragment: connect.addresses.fragment,
    query: words.serverQuery,
  };
  const marked = badOf('baseUrl');
  const clear = clearOf(typed);
  const whole = typed.trim() !== '' && fault === null;
  // While the first letters are typed nothing is wrong yet.
  const begun = /^https?:\/\/.+/i.test(typed.trim());
  const bad =
    marked !== undefined
      ? fault === null
        ? marked
        : faults[fault]
      : fault !== null && begun
        ? faults[fault]
        : undefined;
  const good =
    !whole || clear !== null ? undefined : /^https:/i.test(typed.trim()) ? words.serverGood : words.serverHere;
  return (
    <div className="own-server">
      <div data-field="baseUrl">
        <TextField
          label={connect.fields.baseUrl}
          mono
          type="url"
          value={typed}
          readOnly={fixed}
          placeholder={words.serverPlaceholder}
          onChange={(baseUrl) => {
            // What was agreed was agreed for one server.
            const same = clearOf(baseUrl)?.origin === clear?.origin;
            onChange(same ? { baseUrl } : { baseUrl, unencryptedAgreed: false }, 'baseUrl');
          }}
          {...(help === undefined ? {} : { help })}
          good={good}
          bad={bad}
        />
      </div>
      {clear !== null && (
        <div data-field="unencryptedAgreed">
          <Banner
            state={badOf('unencryptedAgreed') === undefined ? 'duty' : 'failed'}
            what={words.clearWhat(clear.host)}
            next={words.clearNext}
          >
            <div className="clear-acts">
              <CheckBox
                chosen={values.unencryptedAgreed}
                onChange={(unencryptedAgreed) => onChange({ unencryptedAgreed }, 'unencryptedAgreed')}
              >
                {words.clearAgree(clear.host)}
              </CheckBox>
              <Button
                size="small"
                onPress={() =>
                  onChange({ baseUrl: typed.trim().replace(/^http:/i, 'https:'), unencryptedAgreed: false }, 'baseUrl')
                }
              >
                {words.clearTryHttps}
              </Button>
            </div>
          </Banner>
        </div>
      )}
    </div>
  );
}
