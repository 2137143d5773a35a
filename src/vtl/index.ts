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
