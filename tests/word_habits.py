"""Edits that a person makes in Word and that no random edit of tests/monkey.py makes: each a function."""

from __future__ import annotations

import copy
import re
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from wordedit import W, WordEdit, text_of

from shadowreport.word.names import NAMESPACES

_NAMES = " ".join(f'xmlns:{key}="{value}"' for key, value in NAMESPACES.items())
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_END = "complaints"  # words of the paragraph that most edits are made in


def xml(text: str) -> Any:
    """An element."""
    return etree.fromstring(f"<root {_NAMES}>{text}</root>")[0]


def run(text: str, look: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(inner: str, properties: str = "") -> Any:
    """A paragraph."""
    return xml(f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>")


def field(instruction: str, shown: str) -> str:
    """A field as Word writes it."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{mark('begin')}{code}{mark('separate')}{run(shown)}{mark('end')}"


def row(*cells: str) -> str:
    """A row of a table."""
    inside = "".join(f"<w:tc><w:p>{run(cell)}</w:p></w:tc>" for cell in cells)
    return f"<w:tr>{inside}</w:tr>"


def table(*rows: str) -> Any:
    """A table of two columns."""
    grid = '<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>'
    return xml(f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl>")


def statistics(file: WordEdit) -> Any:
    """The paragraph that most edits are made in."""
    return file.marked("par_statistics")


def behind(file: WordEdit, *texts: str, words: str = _END) -> None:
    """Puts elements of a paragraph behind some of its words."""
    last = file.split_run(statistics(file), words)[-1]
    for text in reversed(texts):
        for item in reversed(etree.fromstring(f"<root {_NAMES}>{text}</root>")):
            last.addnext(item)


def look(file: WordEdit, words: str, properties: str) -> None:
    """Gives words a look."""
    for item in file.split_run(statistics(file), words):
        if item.find(W + "rPr") is None:
            item.insert(0, xml("<w:rPr/>"))
        item.find(W + "rPr").append(xml(properties))


def cases(file: WordEdit) -> Any:
    """The report's own table."""
    cell = next(item for item in file.paragraphs() if text_of(item) == "seven")
    return next(item for item in cell.iterancestors() if item.tag == W + "tbl")


def relate(file: WordEdit, name: str, kind: str, target: str, mode: str = "") -> None:
    """A relationship of the text."""
    new = f'<Relationship Id="{name}" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    old = file.parts[_RELATIONSHIPS].decode()
    file.parts[_RELATIONSHIPS] = old.replace("</Relationships>", new).encode()


def content_type(file: WordEdit, part: str, kind: str) -> None:
    """What a part is."""
    known = file.parts["[Content_Types].xml"].decode()
    name = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    new = f'<Override PartName="/{part}" ContentType="{name}"/></Types>'
    if part not in known:
        file.parts["[Content_Types].xml"] = known.replace("</Types>", new).encode()


# --- words ----------------------------------------------------------------------------------------


def replace_all(file: WordEdit) -> None:
    for item in file.document.iter(W + "t"):
        item.text = (item.text or "").replace("discrimination", "unequal treatment")


def paste_from_a_page(file: WordEdit) -> None:
    web = ' TargetMode="External"'
    relate(file, "rIdWeb", f"{_OFFICE}/hyperlink", "https://example.org/p?a=1&amp;b=(2)", web)
    words = run("a linked page", '<w:u w:val="single"/>')
    link = f'<w:hyperlink r:id="rIdWeb">{words}</w:hyperlink>'
    arial = '<w:rFonts w:ascii="Arial"/><w:color w:val="333333"/><w:sz w:val="21"/>'
    shade = '<w:shd w:val="clear" w:fill="FFFFFF"/><w:spacing w:after="150"/>'
    new = par(run("From the web:\u00a0", arial) + link + run(" says so\u200e.", arial), shade)
    file.marked("par_no_law").addnext(new)


def change_case(file: WordEdit) -> None:
    for item in file.split_run(statistics(file), "publishes no"):
        for text in item.iter(W + "t"):
            text.text = text.text.upper()


def capitals_by_look(file: WordEdit) -> None:
    look(file, "publishes no", "<w:caps/>")


def highlight(file: WordEdit) -> None:
    look(file, "publishes no", '<w:highlight w:val="yellow"/>')


def strike(file: WordEdit) -> None:
    look(file, "publishes no", "<w:strike/>")


def strike_twice(file: WordEdit) -> None:
    look(file, "publishes no", "<w:dstrike/>")


def language(file: WordEdit) -> None:
    look(file, "publishes no", '<w:lang w:val="ru-RU"/>')


def hide(file: WordEdit) -> None:
    look(file, "publishes no", "<w:vanish/>")


def hidden_words(file: WordEdit) -> None:
    file.insert(statistics(file), _END, " by Anna Secret", vanish=True)


def symbol(file: WordEdit) -> None:
    behind(file, '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>')


def formula(file: WordEdit) -> None:
    part = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>".format
    behind(file, f"<m:oMath><m:f>{part('num', 'a')}{part('den', 'b')}</m:f></m:oMath>")


def autocorrect(file: WordEdit) -> None:
    file.replace(file.marked("par_scope"), "“general”", "‘general’")
    file.insert(statistics(file), _END, " … ½ 1st © → ☺")


def hyphens(file: WordEdit) -> None:
    inside = (
        "<w:t>well</w:t><w:noBreakHyphen/><w:t>known com</w:t><w:softHyphen/><w:t>plaints</w:t>"
    )
    behind(file, f"<w:r><w:t xml:space='preserve'> </w:t>{inside}</w:r>")


def optional_hyphen_as_a_letter(file: WordEdit) -> None:
    file.replace(statistics(file), "statistics", "sta\u00adtistics")


def tabs_and_blanks(file: WordEdit) -> None:
    behind(file, f"<w:r><w:tab/></w:r>{run('of   three  kinds')}")


def date_field(file: WordEdit) -> None:
    behind(file, run(" as of "), field('DATE \\@ "d MMMM yyyy"', "5 May 2022"))


def entry_of_an_index(file: WordEdit) -> None:
    code = '<w:instrText xml:space="preserve"> XE "complaints" </w:instrText>'
    begin, end = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:fldChar w:fldCharType="end"/>',
    )
    behind(file, f"{begin}<w:r>{code}</w:r><w:r>{end}</w:r>")


def readings(file: WordEdit) -> None:
    above, base = f"<w:rt>{run('up')}</w:rt>", f"<w:rubyBase>{run('down')}</w:rubyBase>"
    behind(file, f"<w:r><w:ruby>{above}{base}</w:ruby></w:r>")


def embedded_object(file: WordEdit) -> None:
    shape = '<v:shape><v:imagedata r:id="rId1"/></v:shape>'
    behind(file, f"<w:r><w:object>{shape}</w:object></w:r>")


# --- references and notes -------------------------------------------------------------------------


def _refer(file: WordEdit, target: Any, shown: str) -> None:
    target.insert(1, xml('<w:bookmarkStart w:id="9001" w:name="_Ref123456789"/>'))
    target.append(xml('<w:bookmarkEnd w:id="9001"/>'))
    behind(file, run(" (see paragraph "), field("REF _Ref123456789 \\r \\h", shown), run(")"))


def cross_reference_by_the_dialogue(file: WordEdit) -> None:
    _refer(file, file.marked("par_scope"), "3")


def cross_reference_to_a_new_paragraph(file: WordEdit) -> None:
    new = file.new_paragraph(file.marked("par_scope"), "A brand new paragraph that is cited.")
    _refer(file, new, "4")


def footnotes_to_endnotes(file: WordEdit) -> None:
    assert file.footnotes is not None
    notes = etree.fromstring(f"<w:endnotes {_NAMES}/>")
    for item in list(file.footnotes):
        note = copy.deepcopy(item)
        note.tag = W + "endnote"
        for mark in note.iter(W + "footnoteRef"):
            mark.tag = W + "endnoteRef"
        notes.append(note)
        if item.get(W + "type") is None:
            file.footnotes.remove(item)
    file.parts["word/endnotes.xml"] = etree.tostring(notes)
    for mark in file.document.iter(W + "footnoteReference"):
        mark.tag = W + "endnoteReference"
    content_type(file, "word/endnotes.xml", "endnotes")
    if b"endnotes.xml" not in file.parts[_RELATIONSHIPS]:
        relate(file, "rIdEnd", f"{_OFFICE}/endnotes", "endnotes.xml")


def footnotes_in_heading_and_cell(file: WordEdit) -> None:
    file.footnote(file.holding("Remedies"), "Remedies", "A note on the heading.")
    cell = next(item for item in file.paragraphs() if text_of(item) == "seven")
    file.footnote(cell, "seven", "A note in a cell.")


def bookmark_deleted(file: WordEdit) -> None:
    for item in list(file.document.iter(W + "bookmarkStart")):
        if item.get(W + "name") == "par_statistics":
            item.getparent().remove(item)
    file.replace(file.holding("no statistics"), "no statistics", "few figures")


def link_removed(file: WordEdit) -> None:
    link = next(item for item in file.document.iter(W + "hyperlink") if "site of" in text_of(item))
    for item in list(link):
        link.addprevious(item)
    link.getparent().remove(link)


# --- paragraphs and lists -------------------------------------------------------------------------


def sort_items(file: WordEdit) -> None:
    first = file.holding("complaints of persons")
    first.addprevious(file.holding("official statistics"))


def drop_cap(file: WordEdit) -> None:
    paragraph = statistics(file)
    (first,) = file.split_run(paragraph, "T")[:1]
    first.getparent().remove(first)
    frame = '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>'
    style = '<w:pStyle w:val="NumberedParagraph"/><w:keepNext/>'
    paragraph.addprevious(par(run("T", '<w:sz w:val="120"/>'), style + frame))


def typed_bullets(file: WordEdit) -> None:
    for text in ("•\tsecond typed bullet;", "-\tfirst typed hyphen;", "a) letter typed;"):
        statistics(file).addnext(par(run(text)))


def empty_paragraphs(file: WordEdit) -> None:
    for _ in range(3):
        statistics(file).addnext(par("", '<w:pStyle w:val="NumberedParagraph"/>'))


def title_style(file: WordEdit) -> None:
    styles = etree.fromstring(file.parts["word/styles.xml"])
    styles.append(
        xml('<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>')
    )
    file.parts["word/styles.xml"] = etree.tostring(styles)
    statistics(file).find(f"{W}pPr/{W}pStyle").set(W + "val", "Title")


def content_control(file: WordEdit) -> None:
    paragraph = statistics(file)
    control = xml('<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent/></w:sdt>')
    paragraph.addprevious(control)
    control[1].append(paragraph)
    file.replace(paragraph, "no", "few")


def accept_some_and_reject_others(file: WordEdit) -> None:
    """One insertion that another person deleted again, one that is accepted, one that stays tracked."""
    paragraph = statistics(file)
    file.insert(paragraph, _END, " of all sorts", "Aliya")
    inserted = next(paragraph.iter(W + "ins"))
    gone = file.mark("del", "Bolat")
    inserted[0].addprevious(gone)
    gone.append(inserted[1])
    for item in gone.iter(W + "t"):
        item.tag = W + "delText"
    file.replace(paragraph, "nobody", "no one")
    file.insert(paragraph, "applied", " here", "Bolat")


def moved_with_tracking(file: WordEdit) -> None:
    old = statistics(file)
    new = copy.deepcopy(old)
    for item in [*new.iter(W + "bookmarkStart"), *new.iter(W + "bookmarkEnd")]:
        item.getparent().remove(item)
    for paragraph, kind in ((old, "moveFrom"), (new, "moveTo")):
        for item in list(paragraph.iter(W + "r")):
            mark = file.mark(kind, "Aliya")
            item.addprevious(mark)
            mark.append(item)
        paragraph.find(W + "pPr").append(xml("<w:rPr/>"))
        paragraph.find(f"{W}pPr/{W}rPr").append(file.mark(kind, "Aliya"))
    file.marked("par_no_law").addnext(new)


def text_box_on_an_end_that_goes(file: WordEdit) -> None:
    box = "<v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox>".format
    shape = f"<w:r><w:pict><v:shape>{box(run('A sticky note.'))}</v:shape></w:pict></w:r>"
    paragraph = file.marked("par_no_law")
    paragraph.append(xml(shape))
    paragraph.find(W + "pPr").append(xml("<w:rPr/>"))
    paragraph.find(f"{W}pPr/{W}rPr").append(file.mark("del", "Bolat"))


# --- tables ---------------------------------------------------------------------------------------


def drag_a_row(file: WordEdit) -> None:
    rows = cases(file).findall(W + "tr")
    rows[1].addprevious(rows[2])


def merge_cells(file: WordEdit) -> None:
    one, other = cases(file).findall(W + "tr")[2].findall(W + "tc")
    for item in other.findall(W + "p"):
        one.append(item)
    other.getparent().remove(other)
    if one.find(W + "tcPr") is None:
        one.insert(0, xml("<w:tcPr/>"))
    one.find(W + "tcPr").insert(0, xml('<w:gridSpan w:val="2"/>'))


def text_to_table(file: WordEdit) -> None:
    paragraph = statistics(file)
    paragraph.addnext(table(row(*re.split(r"(?<=\.) ", text_of(paragraph)))))
    paragraph.getparent().remove(paragraph)


def table_to_text(file: WordEdit) -> None:
    old = cases(file)
    for item in reversed(old.findall(W + "tr")):
        cells = [text_of(cell) for cell in item.findall(W + "tc")]
        old.addnext(par(run("\t".join(cells))))
    old.getparent().remove(old)


def new_table(file: WordEdit) -> None:
    statistics(file).addnext(table(row("Region", "Complaints"), row("North", "12 made")))


def new_column(file: WordEdit) -> None:
    for number, item in enumerate(cases(file).findall(W + "tr")):
        cell = copy.deepcopy(item.findall(W + "tc")[1])
        for text in cell.iter(W + "t"):
            text.text = f"more {number}"
        item.append(cell)


def caption_by_the_dialogue(file: WordEdit) -> None:
    inside = run("Table ") + field("SEQ Table \\* ARABIC", "2") + run(". Complaints by region")
    statistics(file).addnext(par(inside, '<w:pStyle w:val="Caption"/>'))


# --- pages ----------------------------------------------------------------------------------------


def cover_page(file: WordEdit) -> None:
    kind = '<w:docPartObj><w:docPartGallery w:val="Cover Pages"/></w:docPartObj>'
    inside = f'<w:p>{run("My Cover of 2022")}</w:p><w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    new = f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    file.body.insert(0, xml(new))


def contents(file: WordEdit) -> None:
    kind = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    line = field('TOC \\o "1-3"', "Legislation 3")
    line = f"<w:p>{line}</w:p>"
    new = f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{line}</w:sdtContent></w:sdt>"
    file.marked("par_no_law").addprevious(xml(new))


def typed_into_the_footer(file: WordEdit) -> None:
    name = next(name for name in file.parts if name.startswith("word/footer"))
    footer = etree.fromstring(file.parts[name])
    footer.append(par(run("Draft of Aliya, do not cite")))
    file.parts[name] = etree.tostring(footer)


def landscape(file: WordEdit) -> None:
    size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    statistics(file).find(W + "pPr").append(xml(f"<w:sectPr>{size}</w:sectPr>"))


def two_columns(file: WordEdit) -> None:
    kind = '<w:type w:val="continuous"/><w:cols w:num="2"/>'
    statistics(file).find(W + "pPr").append(xml(f"<w:sectPr>{kind}</w:sectPr>"))


def page_break(file: WordEdit) -> None:
    statistics(file).insert(1, xml('<w:r><w:br w:type="page"/></w:r>'))


def picture_pasted(file: WordEdit) -> None:
    shape = '<v:shape><v:imagedata r:id="rId1"/></v:shape>'
    statistics(file).addnext(par(f"<w:r><w:pict>{shape}</w:pict></w:r>"))


# --- comments -------------------------------------------------------------------------------------


def thread_that_is_resolved(file: WordEdit) -> None:
    for author, text in (("Aliya", "Which?"), ("Bolat", "Those of the Ministry.")):
        file.comment(statistics(file), "no statistics", text, author)
    comments = etree.fromstring(file.parts["word/comments.xml"])
    for number, item in enumerate(comments.iter(W + "p"), 1):
        item.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", f"0000000{number}")
    file.parts["word/comments.xml"] = etree.tostring(comments)
    state = "http://schemas.microsoft.com/office/word/2012/wordml"
    done = '<w15:commentEx w15:paraId="0000000{}" {}w15:done="1"/>'.format
    rows = done(1, "") + done(2, 'w15:paraIdParent="00000001" ')
    file.parts["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{state}">{rows}</w15:commentsEx>'.encode()
    )
    content_type(file, "word/commentsExtended.xml", "commentsExtended")
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    relate(file, "rIdState", kind, "commentsExtended.xml")


def comment_over_paragraphs(file: WordEdit) -> None:
    first, last = file.marked("par_no_law"), statistics(file)
    first.insert(1, xml('<w:commentRangeStart w:id="8888"/>'))
    last.append(xml('<w:commentRangeEnd w:id="8888"/>'))
    last.append(xml('<w:r><w:commentReference w:id="8888"/></w:r>'))
    file._add_comment("8888", "All of this is old.", "Dana")


def comment_without_a_range(file: WordEdit) -> None:
    statistics(file).append(xml('<w:r><w:commentReference w:id="8889"/></w:r>'))
    file._add_comment("8889", "A comment on a point.", "Dana")


def comments_on_title_heading_cell_and_caption(file: WordEdit) -> None:
    cell = next(item for item in file.paragraphs() if text_of(item) == "seven")
    file.comment(cell, "seven", "On the cell?", "Dana")
    file.comment(file.holding("Remedies"), "Remedies", "On the heading?", "Dana")
    file.comment(file.marked("sec_legislation"), "Anti", "On the title?", "Dana")
    file.comment(file.holding("Cases in which damages"), "damages", "On the caption?", "Dana")
