"""All error and warning codes of the library in one registry, and the exceptions that carry them.

Every message says what was wrong and what to do next. A code is never reused for another meaning.
"""

from __future__ import annotations

from typing import Any

ERRORS = {
    "CE001": "{file}: cannot be read: {reason}. Check the path and its permissions.",
    "CE002": "{file}: is not UTF-8 text (byte {byte}). Convert the file to UTF-8, or remove it from the input.",
    "CE003": "{file}, line {line}: is not a JSON object: {reason}. Write one JSON object a line, with a field 'text'.",
    "CE004": "{file}, line {line}: field '{field}' is {got}, not {expected}. Mend the field, or leave it out.",
    "CE005": "{file}, line {line}: has no text. Give the report's text in 'text' (or 'maintext').",
    "CE006": "{file}: holds no text. Remove the empty file from the input.",
    "CE007": "report '{id}': the id stands twice in the input ({file}). Give each report its own id.",
    "CE008": "'{value}' is not a date. Give ISO 8601, for example 2022-09-13.",
    "CE009": "no model '{model}': run 'pip install {requirement}' first, or name an installed spaCy pipeline.",
    "CE010": "--set {setting}: {reason}. Write component.option=value, for example conflict_dates.numeric_order=MDY.",
    "CE011": "report '{id}': the pipeline failed: {reason}. The other reports are whole; please report this text.",
    "CE012": "gazetteer file {file}, line {line}: {field} '{value}' is not {expected}. Fix the row, or pass --skip-bad-rows.",
    "CE013": "gazetteer {file}: {reason}. Rebuild it with 'conflict-events gazetteer build'.",
    "CE014": "{file}, line {line}: looks like an extraction, but field '{field}' is wrong: {reason}. Extract the report again.",
    "CE015": "no input found in {file}. Give text files, folders of .txt or .jsonl files, JSON Lines, or '-'.",
    "CE016": "this needs the package '{package}': run \"pip install 'conflict-events[{extra}]'\".",
    "CE017": "the pipeline '{model}' lacks {missing}. Add it before 'conflict_events', or use conflict_events.load().",
    "CE018": "{file}: cannot be written: {reason}. Choose another output path.",
    "CE019": "the Doc holds no extraction. Run it through a pipeline with the 'conflict_events' components first.",
    "CE020": "'{id}' is an extraction already. Give extractions to 'conflict-events link', and reports to this command.",
    "CE030": "{file}: is not an archive of conflict_events: {reason}. Name another file, or start a new archive.",
    "CE031": "{file}: the archive has schema {found}, this version reads up to {known}. Install a newer conflict_events.",
    "CE032": "{file}: another process is writing to the archive. Try again, or open it with a longer timeout.",
    "CE033": "{file}: the archive cannot be written: {reason}. Make the folder or room, or change permissions; nothing was lost.",
    "CE034": "'{id}' is not in the archive or graph. Give the id of {expected} that it holds.",
    "CE035": "the decision cannot be kept: {reason}. Name who decides, and whole incidents to merge or some events of one to split.",
    "CE036": "{file}: is not a linked graph: {reason}. Give a file that EventGraph.save or 'conflict-events link' wrote.",
    "CE037": "{file}: the archive cannot be used here: {reason}. Open it anew, in each thread by itself.",
    "CE039": "{got} stands where {expected} should. Leave it out, or give {expected}.",
    "CE038": "{file}: changes that wait in {wal} cannot be read, since the folder cannot be written. Copy both files to a folder "
    "that can be, or open the archive once with the right to write.",
    "CE040": "{file}: the archive has schema {found}, this version reads schema {known}. Open it once with the right to write, "
    "which brings it up to date.",
}

WARNINGS = {
    "CE101": "The text is longer than the pipeline takes at once: {read} of {total} characters were read.",
    "CE102": "The text does not look like English; what was found in it may be wrong.",
    "CE103": "The text holds HTML markup; tags were skipped as if they were spaces.",
    "CE104": "The text holds characters that no text should hold (control characters or invalid bytes).",
    "CE105": "'published' could not be understood ({value}) and was left out. Give ISO 8601, for example 2022-09-13.",
    "CE107": "The text was not parsed (the pipeline has no parser before the conflict_events components); little can be found.",
    "CE108": "The text tells a number of people that is higher than there are; no number was read from it.",
    "CE106": "The id stood twice in the input; this report was renamed from '{id}'.",
}


class ConflictEventsError(ValueError):
    """An error with a code from the registry.

    ``code`` is the registry key, ``context`` the values that its message names (file, line, field, …).

    >>> str(ConflictEventsError("CE008", value="soon"))
    "CE008: 'soon' is not a date. Give ISO 8601, for example 2022-09-13."
    """

    def __init__(self, code: str, **context: Any) -> None:
        self.code = code
        self.context = context
        super().__init__(f"{code}: {ERRORS[code].format(**context)}")

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.code, self.context)


def _rebuild(code: str, context: dict[str, Any]) -> ConflictEventsError:
    return ConflictEventsError(code, **context)


def warning_message(code: str, **context: Any) -> str:
    """The message of a warning code, with its values filled in.

    >>> warning_message("CE102")
    'The text does not look like English; what was found in it may be wrong.'
    """
    return WARNINGS[code].format(**context)
