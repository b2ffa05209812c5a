"""In which order the schema wants what an element of Word holds (ECMA-376 part 1, annex A): puts things
there, and brings what stands otherwise into that order."""

from __future__ import annotations

from shadowreport.word.names import NAMESPACES, Element, child, etree, name, short

_W = f"{{{NAMESPACES['w']}}}"
_SIDES = "top left bottom right insideH insideV tl2br tr2bl"
_CHANGES = "ins del moveFrom moveTo"
_BEFORE_END = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle"
)
_IN_ROW = "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden"
_ORDER = {
    "w:pPr": f"{_BEFORE_END} rPr sectPr pPrChange",
    "w:rPr": f"{_CHANGES} rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "w:numPr": "ilvl numId numberingChange ins",
    "w:pBdr": "top left bottom right between bar",
    "w:style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat "
    "locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "w:tblStylePr": "pPr rPr tblPr trPr tcPr",
    "w:docDefaults": "rPrDefault pPrDefault",
    "w:styles": "docDefaults latentStyles style",
    "w:numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "w:abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "w:num": "abstractNumId lvlOverride",
    "w:lvlOverride": "startOverride lvl",
    "w:lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "w:tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "w:trPr": f"{_IN_ROW} ins del trPrChange",
    "w:tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
    "hideMark headers cellIns cellDel cellMerge tcPrChange",
    "w:tblBorders": _SIDES,
    "w:tcBorders": _SIDES,
    "w:tblCellMar": "top left bottom right",
    "w:tcMar": "top left bottom right",
    "w:sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
    "sectPrChange",
    "w:settings": "writeProtection view zoom removePersonalInformation removeDateAndTime mirrorMargins gutterAtTop "
    "trackRevisions defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps "
    "evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat themeFontLang clrSchemeMapping "
    "decimalSymbol listSeparator",
}
_HEADS = {  # of these, only what stands first
    "w:p": "pPr",
    "w:r": "rPr",
    "w:tr": "tblPrEx trPr",
    "w:tc": "tcPr",
    "w:tbl": "tblPr",
}
_PLACES = {
    kind: {f"w:{item}": at for at, item in enumerate(order.split())}
    for kind, order in {**_ORDER, **_HEADS}.items()
}
_SEVERAL = {  # what may stand more than once
    *("w:style", "w:tblStylePr", "w:abstractNum", "w:num", "w:lvl", "w:lvlOverride"),
    *("w:headerReference", "w:footerReference"),
}


def put(holder: Element, item: Element | str) -> Element:
    """Puts an element, or an empty one of that name, where the schema wants it; one of its kind that
    stands there leaves, unless there may be several. Gives the element."""
    item = etree.Element(name(item)) if isinstance(item, str) else item
    places, kind = _PLACES[short(holder)], short(item)
    for old in () if kind in _SEVERAL else holder.findall(name(kind)):
        holder.remove(old)
    after = (
        at for at, old in enumerate(holder) if places.get(short(old), len(places)) > places[kind]
    )
    holder.insert(next(after, len(holder)), item)
    return item


def within(holder: Element, kind: str) -> Element:
    """What an element holds of a kind (`w:pPr`), made where it holds none."""
    found = child(holder, kind)
    return put(holder, kind) if found is None else found


def bring_into_order(root: Element) -> None:
    """Sorts what each element below `root` holds. What Word does not know there leaves, and so does
    what says a thing again; what other makers add to Word's own stands last."""
    for holder in list(root.iter()):
        if short(holder) in _ORDER:
            _sort(holder, _PLACES[short(holder)])


def _sort(holder: Element, places: dict[str, int]) -> None:
    seen: set[str] = set()
    for item in list(holder):
        kind = short(item)
        if kind in seen - _SEVERAL or (item.tag.startswith(_W) and kind not in places):
            holder.remove(item)
        seen.add(kind)
    holder[:] = sorted(holder, key=lambda item: places.get(short(item), len(places)))
