import { Select as Base } from '@base-ui/react/select';
import { useId, type ReactElement } from 'react';
import { classes } from './classes.ts';
import { CutTooltip } from './CutTooltip.tsx';
import { Glyph } from './Glyph.tsx';
import { GLYPHS } from './glyphs.ts';
import popup from './popup.module.css';
import styles from './Select.module.css';

/** One choice of a Select. */
export interface SelectOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly detail?: string;
  readonly disabledReason?: string;
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly labelledBy?: string;
  readonly describedBy?: string;
  readonly value: T | null;
  readonly options: readonly SelectOption<T>[];
  readonly onChange: (value: T) => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly id?: string;
  readonly className?: string;
}

function Option<T extends string>({ option }: { readonly option: SelectOption<T> }): ReactElement {
  return (
    <Base.Item value={option.value} disabled={option.disabledReason !== undefined} className={popup.item}>
      <span className={popup.mark}>
        <Base.ItemIndicator>
          <Glyph path={GLYPHS.check} size={16} />
        </Base.ItemIndicator>
      </span>
      <span className={popup.text}>
        <Base.ItemText>{option.label}</Base.ItemText>
        {option.disabledReason !== undefined && <span className={popup.reason}>{option.disabledReason}</span>}
      </span>
      {option.detail !== undefined && <span className={popup.detail}>{option.detail}</span>}
    </Base.Item>
  );
}

/** One of a few choices. */
export function Select<T extends string>(props: SelectProps<T>): ReactElement {
  const { label, labelHidden, labelledBy, value, options, onChange } = props;
  const own = useId();
  const id = props.id ?? own;
  const drawn = labelHidden !== true && labelledBy === undefined;
  return (
    <div className={classes(styles.wrap, props.className)}>
      {drawn && (
        <span id={`${id}-label`} className={styles.label}>
          {label}
        </span>
      )}
      <Base.Root items={options} value={value} modal={false} onValueChange={(next: T | null) => next !== null && onChange(next)} disabled={props.disabled}>
        <CutTooltip content={options.find((option) => option.value === value)?.label ?? ''} side="left">
          <Base.Trigger
            id={id}
            className={styles.trigger}
            aria-label={drawn || labelledBy !== undefined ? undefined : label}
            aria-labelledby={labelledBy ?? (drawn ? `${id}-label` : undefined)}
            aria-describedby={props.describedBy}
          >
            <Base.Value className="truncate" placeholder={props.placeholder ?? 'Choose'} />
            <Base.Icon className={styles.icon}>
              <Glyph path={GLYPHS.chevronDown} size={16} />
            </Base.Icon>
          </Base.Trigger>
        </CutTooltip>
        <Base.Portal>
          <Base.Positioner role="region" aria-label={label} className={popup.positioner} sideOffset={4} alignItemWithTrigger={false} collisionPadding={8}>
            <Base.Popup className={popup.popup}>
              <Base.List className={popup.list}>
                {options.map((option) => (
                  <Option key={option.value} option={option} />
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  );
}
