// The tokens of a query, as migkg.store.binding reads them: joined they are the query.

export const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<comment>#[^\n\r]*)`,
    String.raw`(?<iri><[^\u0000-\u0020<>"{}|^\u0060]*>)`,
    String.raw`(?<string>"{3}(?:(?:"|"")?(?:[^"\\]|\\.))*"{3}|'{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}` +
      String.raw`|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')`,
    String.raw`(?<variable>[?$][\p{L}\p{N}_]+)`,
    String.raw`(?<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)`,
    String.raw`(?<word>[\p{L}\p{N}_](?:[\p{L}\p{N}_.:%\-]|\\.)*|:(?:[\p{L}\p{N}_.:%\-]|\\.)*)`,
    String.raw`(?<mark>\\.|.)`,
  ].join("|"),
  "gsu",
);
