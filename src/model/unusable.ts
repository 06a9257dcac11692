/**
 * What the user gave cannot be used: an option, a recording, a kept session. The message is one sentence that names the
 * place; the command line prints it and ends with exit code 2.
 */
export class Unusable extends Error {}

/** There is no alarm of the name that the user gave; an exit code of its own tells it from a mistyped option. */
export class NoSuchAlarm extends Unusable {}
