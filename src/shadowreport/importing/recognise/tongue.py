"""The language of a report, guessed from its words; where that is not sure, somebody must look."""

from __future__ import annotations

from shadowreport.importing.recognise.flow import Flow
from shadowreport.word.content import Document, Paragraph

_OPTION = "--language CODE"


def language_of(document: Document, flow: Flow) -> str:
    """The language that the text is most likely in; of a file without text what it says of itself,
    which is else no proof: it is often only that of the program.

    Where it is not sure, the guess is said, and report.yaml gets a TODO.
    """
    spoken = flow.words.lexicon.spoken()
    text = " ".join(block.text for block in flow.blocks if isinstance(block, Paragraph))
    said = document.properties.language.partition("-")[0].lower()
    code, sure = flow.words.lexicon.language_guess(text, spoken)
    if sure:
        flow.guess("language", 1, f"small words of '{code}' in the text", code, _OPTION)
        return code
    if not text and said in spoken:
        code = said
        flow.guess("language", 1, "what the file says of itself", code, _OPTION)
        return code
    flow.unsure_language = True
    about = f" (the file says '{said}')" if said else ""
    message = f"the language is not sure{about}: the words of '{code}' are used"
    if said and said not in spoken:
        message = (
            f"there are no words for the language '{said}' of this file: those of '{code}' are used"
        )
    flow.warn("import-language", 1, message, "name another with --language, or add its words")
    flow.guess("language", 1, f"too few small words of one language{about}", code, _OPTION)
    return code
