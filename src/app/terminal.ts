/** What every command says to whom: the result to standard output, everything else to standard error. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
}
