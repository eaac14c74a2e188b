// What cannot be answered, with one line for the reader.

export class Refused extends Error {}
