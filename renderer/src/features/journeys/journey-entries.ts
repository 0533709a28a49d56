import { DOCUMENT_FORMS } from '../../../../shared/contracts/document-params.ts';
import { describeParams } from '../../../../shared/contracts/params.ts';
import type { JourneyResult } from '../../../../shared/contracts/evaluation.ts';
import { UNCERTAIN, type Design } from '../../../../shared/model/design.ts';
import { createBag, type Bag, type Entry } from '../../forms/bags.ts';
import { entriesOf } from '../../forms/entries.ts';

const JOURNEY_FIELDS = describeParams(DOCUMENT_FORMS.journey);
const ENTITY_FIELDS = describeParams(DOCUMENT_FORMS.entity);

/** A journey always has a rate: unsetting it returns to the schema's. */
function keepRate(bag: Bag): Bag {
  return { ...bag, change: (field, next, recording) => bag.change(field, (stored) => next(stored) ?? field.default, recording) };
}

/** The form of a drawn journey: what users do, which may be ranges, and what it wants. */
export function journeyEntries(design: Design, id: string): readonly Entry[] {
  const subject = design.journeys[id]?.name ?? '';
  const bagsOf = (from: Design) => [from.journeys[id]];
  const bagFor = (key: string): Bag => createBag({ subject, design, bagsOf, allowsRange: UNCERTAIN.journey.has(key) });
  return JOURNEY_FIELDS.flatMap((field) => entriesOf([field], field.key === 'rate_rps' ? keepRate(bagFor(field.key)) : bagFor(field.key)));
}

/** What a derived journey stands for: its rate, and the schema's own values. */
export function derivedEntries(design: Design, journey: JourneyResult): readonly Entry[] {
  const bag = createBag({ subject: journey.name, design, allowsRange: false, bagsOf: () => [{}] });
  const fields = JOURNEY_FIELDS.map((field) => (field.key === 'rate_rps' ? { ...field, default: journey.rate_rps, provenance: 'D' as const } : field));
  return entriesOf(fields, { ...bag, change: () => undefined });
}

/** The form of data: size, skew, and what readers and writers must be able to rely on. */
export function entityEntries(design: Design, id: string): readonly Entry[] {
  const bagFor = (key: string): Bag => createBag({ subject: design.entities[id]?.name ?? '', design, allowsRange: UNCERTAIN.entity.has(key), bagsOf: (from) => [from.entities[id]] });
  return ENTITY_FIELDS.flatMap((field) => entriesOf([field], bagFor(field.key)));
}
