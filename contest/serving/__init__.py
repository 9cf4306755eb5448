"""The public server: Voilà with routes, cookie and owner checks of our own."""

import sys

# jsonschema's optional check of international addresses builds a parser while it is imported: half
# of the time until a restarted server answers. Jupyter's events, which import it, never use it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
