/** What a verification saw: kept as the `cause` of a refusal and shown in the journal. */
export interface SignatureEvidence {
  /** As the service computes it. */
  readonly canonicalRequest?: string
  readonly stringToSign: string
  readonly signatureProvided: string
  /** A sentence, where a known mistake of the client reproduces its signature. */
  readonly likeliestCause?: string
}
