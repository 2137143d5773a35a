import type { ListLayerVersionsRequest, ListLayerVersionsResponse } from '@aws-sdk/client-lambda'
import { isCompatible, layerItem, layerKey, parseLayer } from '../layer-rules.ts'
import { page } from '../pages.ts'
import { layers, type Operation } from '../state.ts'

/** Newest first. https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html */
export const ListLayerVersions: Operation<ListLayerVersionsRequest, ListLayerVersionsResponse> = async (
  context,
  input,
) =>
  await context.state.store.read(reader => {
    const records = [...layers.under(reader, ...layerKey(parseLayer(context, input.LayerName)))]
      .map(([, record]) => record)
      .filter(record => !record.deleted && isCompatible(record, input))
      .toReversed()
    const { items, NextMarker } = page(records, ({ version }) => String(version), input)
    return {
      LayerVersions: items.map(record => layerItem(context, record)),
      ...(NextMarker !== undefined && { NextMarker }),
    }
  })
