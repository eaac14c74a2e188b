"""What a network page holds in deflated form."""

import base64
import json
import re
import zlib
from typing import Any


def unpack(page: str, name: str = "evidence") -> Any:
    """The ``graph`` or the ``evidence`` of a page, as its script reads it."""
    (packed,) = re.findall(rf'id="{name}-data">([^<]*)<', page)
    return json.loads(zlib.decompress(base64.b64decode(packed), -zlib.MAX_WBITS))
