import { DOCUMENT_FORMS } from '../../../../shared/contracts/document-params.ts';
import { erasedEdgeSchema } from '../../../../shared/contracts/edge-params.ts';
import type { Explanation } from '../../../../shared/contracts/evaluation.ts';
import { describeParams, type ParamField } from '../../../../shared/contracts/params.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { resolvePart } from '../../document/parts.ts';

function fieldsOf(design: Design, { kind, id }: NonNullable<Explanation['target']>): readonly ParamField[] {
  if (kind === 'node') return resolvePart(design.nodes[id ?? '']?.type ?? '')?.component.fields ?? [];
  return describeParams(kind === 'edge' ? erasedEdgeSchema : DOCUMENT_FORMS[kind]);
}

/** The unit in which the parameter behind a line is stored, if it has one. */
export function unitOf(design: Design, target: NonNullable<Explanation['target']>, param: string): string | undefined {
  return fieldsOf(design, target).find((field) => field.key === param)?.unit;
}
