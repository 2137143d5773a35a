import type { ListEventSourceMappingsRequest, ListEventSourceMappingsResponse } from '@aws-sdk/client-lambda'
import { mappingAnswer } from '../mapping-rules.ts'
import { arnOf, parseName } from '../names.ts'
import { page } from '../pages.ts'
import { mappings, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
export const ListEventSourceMappings: Operation<
  ListEventSourceMappingsRequest,
  ListEventSourceMappingsResponse
> = async (context, input) =>
  await context.state.store.read(reader => {
    const { FunctionName, EventSourceArn } = input
    const functionArn = FunctionName === undefined ? undefined : arnOf(parseName(context, FunctionName))
    const found = [...mappings.under(reader, context.account, context.region)]
      .map(([, record]) => record)
      .filter(record => functionArn === undefined || record.FunctionArn === functionArn)
      .filter(record => EventSourceArn === undefined || record.EventSourceArn === EventSourceArn)
    const { items, NextMarker } = page(found, ({ UUID }) => UUID, input)
    return {
      EventSourceMappings: items.map(record =>
        mappingAnswer(record, undefined, context.state.eventSources.lastResult(record.UUID ?? '')),
      ),
      ...(NextMarker !== undefined && { NextMarker }),
    }
  })
