"""Texts that would run, or break out of their place, in a page that trusts what it is given."""

RUN = "window.__pwn='text ran'"
HOSTILE = {
    "script end": f"</script><script>{RUN}</script>",
    "image": f'<img src=x onerror="{RUN}">',
    "image and the word href": f'see href <a href="https://example.org">x</a><img src=x onerror="{RUN}">',
    "attribute": f'x" onmouseover="{RUN}" autofocus onfocus="{RUN}',
    "svg": f"<svg onload={RUN}>",
    "comment": f"<!--<script>{RUN}//--></script>",
    "quotes": f"a \"q\" 'p' \\ `b` ${{{RUN}}} \u2028 \u2029 ';{RUN};//",
    "template": f"{{{{ 7*7 }}}} {{% raw %}} {{n}} <%= {RUN} %>",
    "javascript address": f"javascript:{RUN}",
    "data address": f"data:text/html,<script>{RUN}</script>",
    "entities": f"&lt;script&gt;{RUN}&lt;/script&gt; &#x3c;img src=x onerror={RUN}&#x3e;",
    "option": f"</option></select></textarea></title></style><img src=x onerror={RUN}>",
    "direction and control": "\u202egnp.exe \u0000\u0007\u001b[31m",
    "prototype": "__proto__",
    "long": "A" * 100_000,
}
# Markup, line breaks, and characters that XML cannot hold, in one text.
MIXED = 'He said "<b>&amp;</b>"\n</script><script>alert(1)</script> \u2028 \x00\x0b ]]> 🛂'
