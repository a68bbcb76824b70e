// A command was called wrongly: exit code 2, and the message says how it is called.

export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}
