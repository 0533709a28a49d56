import type { ReactElement } from 'react';
import type { CostItem } from '../../../../shared/contracts/evaluation.ts';
import { formatNumber } from '../../../../shared/lib/format.ts';
import { setOwnPrice, usePrices } from '../../evaluation/prices-store.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { ProvenanceTag } from '../../ui/ProvenanceTag.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { bookOf, LIST } from '../../evaluation/own-prices.ts';
import styles from './CostPanel.module.css';

/** Dollars as a price list writes them: small ones keep their digits. */
function written(usd: number): string {
  return usd >= 1000 ? formatNumber(usd) : String(Number(usd.toPrecision(4)));
}

function readUsd(text: string): number | null {
  const clean = text.trim().replace(/^[$]\s*/, '').replace(/,(?=\d{3})/g, '');
  const usd = clean === '' ? NaN : Number(clean);
  return Number.isFinite(usd) && usd >= 0 ? usd : null;
}

/** What one unit of a line costs. Typed over it is the user's own price; emptied it is the list's again. */
export function PriceField({ item }: { readonly item: CostItem }): ReactElement | null {
  const prices = usePrices((state) => state.prices);
  const price = bookOf(prices)[item.price_key];
  if (!price) return null;
  const list = LIST.prices[item.price_key];
  const own = prices !== null && Object.hasOwn(prices.prices, item.price_key);
  const commit = (text: string): string | null => {
    if (text.trim() === '') {
      setOwnPrice(item.price_key, null);
      return null;
    }
    const usd = readUsd(text);
    if (usd === null) return 'Type dollars, such as 0.03. Empty is the list price.';
    setOwnPrice(item.price_key, usd);
    return null;
  };
  const tiers = price.tiers ? ' for the first tier; your own price is for all of it' : '';
  const origin = price.provenance === 'U' ? `Yours: ${price.source}. The list says $${written(list?.usd ?? 0)}.` : `${LIST.date}, ${LIST.region}: ${price.source}${tiers}.`;
  return (
    // a press in the field is no press on the row
    <span className={styles.price} role="presentation" onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
      <Tooltip content={`USD per ${price.unit}`} side="top">
        <div>
          <NumberField className={styles.priceField} label={`Price of ${item.label}, USD per ${price.unit}`} text={written(price.usd)} unit="$" valueNow={price.usd} min={0} yours={own} onCommit={commit} />
        </div>
      </Tooltip>
      <Tooltip content={origin} side="top"><ProvenanceTag letter={price.provenance} title={origin} onClick={() => own && setOwnPrice(item.price_key, null)} /></Tooltip>
    </span>
  );
}
