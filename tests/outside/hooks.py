"""What no schema says: the value that only an earlier answer tells."""

import schemathesis
from schemathesis import GenerationMode


@schemathesis.hook
def map_case(context, case):
    """Begins each list at its start: a cursor is what the page before has told, and no other is taken."""
    mode = case.meta.generation.mode if case.meta else GenerationMode.POSITIVE
    if mode == GenerationMode.POSITIVE and case.query:
        case.query.pop("cursor", None)
    return case
