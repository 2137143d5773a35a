import type { ListLayersRequest, ListLayersResponse } from '@aws-sdk/client-lambda'
import { isCompatible, layerItem } from '../layer-rules.ts'
import { layerArnOf } from '../names.ts'
import { page } from '../pages.ts'
import { type LayerRecord, layers, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html */
export const ListLayers: Operation<ListLayersRequest, ListLayersResponse> = async (context, input) =>
  await context.state.store.read(reader => {
    const newest = new Map<string, LayerRecord>()
    for (const [, record] of layers.under(reader, context.account, context.region))
      if (!record.deleted && isCompatible(record, input)) newest.set(record.name, record)
    const { items, NextMarker } = page([...newest.values()], ({ name }) => name, input)
    return {
      Layers: items.map(record => ({
        LayerName: record.name,
        LayerArn: layerArnOf(context, record.name),
        LatestMatchingVersion: layerItem(context, record),
      })),
      ...(NextMarker !== undefined && { NextMarker }),
    }
  })
