export { type AwsEngineOptions, createAwsEngine, defaultTemplateLimits } from './aws-engine.ts'
export { compareEngines, type EngineComparison, type RenderOutcome } from './compare-engines.ts'
export { readJsonPath } from './read-json-path.ts'
export { readVtlCase, renderCase, type VtlCase, type VtlCaseResult } from './render-case.ts'
export type {
  Overrides,
  PlainValue,
  Template,
  TemplateContext,
  TemplateEngine,
  TemplateInput,
  TemplateLimits,
  TemplateScope,
  TracedReference,
} from './template.ts'
export { TemplateError } from './template-error.ts'
export { createVelocityjsEngine } from './velocityjs-engine.ts'
