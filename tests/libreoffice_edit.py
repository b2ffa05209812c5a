"""Edits a DOCX in LibreOffice, as an author would there. Run by the system's Python, which has uno:

    python3 libreoffice_edit.py IN.docx OUT.docx EDITS.json PIPE

where a LibreOffice listens on the pipe. An edit is a list: its kind, then its words.
"""

import contextlib
import json
import os
import sys
import time
from pathlib import Path

import uno  # pyright: ignore[reportMissingImports]
from com.sun.star.beans import PropertyValue  # pyright: ignore[reportMissingImports]
from com.sun.star.connection import NoConnectException  # pyright: ignore[reportMissingImports]

SERVICES = {}


def main(source, target, edits, pipe):
    desktop = connect(pipe)
    document = desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(source), "_blank", 0, (value("Hidden", True),)
    )
    document.RecordChanges = False
    for kind, *words in json.loads(Path(edits).read_text("utf-8")):
        EDITS[kind](document, *words)
    document.RecordChanges = True
    filter_ = value("FilterName", "Office Open XML Text")
    document.storeToURL(uno.systemPathToFileUrl(target), (filter_,))
    document.close(True)
    with contextlib.suppress(Exception):  # it goes down while it answers
        desktop.terminate()


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            create = context.ServiceManager.createInstanceWithContext
            SERVICES["dispatcher"] = create("com.sun.star.frame.DispatchHelper", context)
            return create("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def value(name, content):
    item = PropertyValue()
    item.Name, item.Value = name, content
    return item


def find(document, words):
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = words, True
    found = document.findFirst(search)
    if found is None:
        raise SystemExit(f"not found: {words}")
    return found


def track(document, on):
    document.RecordChanges = on


def replace(document, old, new):
    find(document, old).String = new


def insert(document, after, new):
    found = find(document, after)
    found.Text.insertString(found.End, new, False)


def bold(document, words):
    find(document, words).CharWeight = 150.0


def italic(document, words):
    find(document, words).CharPosture = uno.Enum("com.sun.star.awt.FontSlant", "ITALIC")


def paragraph(document, after, new):
    """A new paragraph behind the one that holds some words, as Enter at its end makes it."""
    cursor = at(document, after)
    cursor.gotoEndOfParagraph(False)
    cursor.Text.insertControlCharacter(cursor, 0, False)
    cursor.Text.insertString(cursor, new, False)


def split(document, before):
    found = find(document, before)
    found.Text.insertControlCharacter(found.Start, 0, False)


def join(document, words):
    """Delete at the end of the paragraph that holds some words."""
    cursor = at(document, words)
    cursor.gotoEndOfParagraph(False)
    cursor.goRight(1, True)
    cursor.String = " "


def delete(document, words):
    """Deletes the paragraph that holds some words, with its end."""
    cursor = at(document, words)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    cursor.goRight(1, True)
    cursor.String = ""


def move(document, words, before):
    """Cuts the paragraph that holds some words and puts it before another."""
    cursor = at(document, words)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    cursor.goRight(1, True)
    controller = document.CurrentController
    controller.select(cursor)
    piece = controller.getTransferable()
    cursor.String = ""
    there = at(document, before)
    there.gotoStartOfParagraph(False)
    controller.select(there)
    controller.insertTransferable(piece)


def comment(document, words, text, author):
    found = find(document, words)
    note = document.createInstance("com.sun.star.text.textfield.Annotation")
    note.Content, note.Author = text, author
    found.Text.insertTextContent(found, note, True)


def footnote(document, after, text):
    found = find(document, after)
    note = document.createInstance("com.sun.star.text.Footnote")
    found.Text.insertTextContent(found.End, note, False)
    note.setString(text)


def note(document, old, new):
    """Changes words in a footnote."""
    for index in range(document.Footnotes.Count):
        item = document.Footnotes.getByIndex(index)
        if old in item.String:
            cursor = item.createTextCursor()
            cursor.gotoStart(False)
            cursor.goRight(item.String.index(old), False)
            cursor.goRight(len(old), True)
            cursor.String = new
            return
    raise SystemExit(f"no footnote holds: {old}")


def settle(document, way):
    """Accepts or rejects all tracked changes."""
    command = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}[
        way
    ]
    SERVICES["dispatcher"].executeDispatch(document.CurrentController.Frame, command, "", 0, ())


def at(document, words):
    found = find(document, words)
    return found.Text.createTextCursorByRange(found.Start)


def update(document):
    """All fields and contents anew, as its menu does."""
    indexes = document.getDocumentIndexes()
    for _ in range(2):
        for at in range(indexes.getCount()):
            indexes.getByIndex(at).update()
        document.getTextFields().refresh()


EDITS = {
    function.__name__: function
    for function in (
        track,
        replace,
        insert,
        bold,
        italic,
        paragraph,
        split,
        join,
        delete,
        move,
        comment,
        footnote,
        note,
        settle,
        update,
    )
}

if __name__ == "__main__":
    main(*sys.argv[1:5])
    os._exit(0)  # the bridge to an office that is gone may fall over while Python takes it apart
