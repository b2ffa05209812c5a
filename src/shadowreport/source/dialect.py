"""Which of pandoc's extensions read a section, and why: the table is the whole of the dialect.

A text has to be read in one way only, by people as by the program. What would give a second way of
writing the same thing, code of another format, or numbers that a program gives is left out; so is
what takes text that an author meant to be printed. All that pandoc's `markdown` knows is listed, so
that a new version cannot bring in anything unasked (tests/test_typed.py compares).
"""

from __future__ import annotations

# name, whether it is used, reason
EXTENSIONS: tuple[tuple[str, bool, str], ...] = (
    ("all_symbols_escapable", True, "a backslash keeps any sign as it is"),
    ("autolink_bare_uris", True, "an address keeps every sign and is a link without <>"),
    ("blank_before_blockquote", True, "a line may begin with a >; see source/typed for quotations"),
    ("blank_before_header", True, "a line may begin with #5"),
    ("bracketed_spans", True, 'a language: [слово]{lang="ru"}'),
    ("citations", True, "sources and references"),
    ("escaped_line_breaks", True, "a backslash ends a line"),
    ("fancy_lists", True, "(a), (b) and i), ii) are what lists of lawyers look like"),
    ("fenced_divs", True, "boxes and notes"),
    ("footnotes", True, "[^x]"),
    ("grid_tables", True, "the only table whose cells have several lines"),
    ("implicit_figures", True, "a picture alone in a paragraph has its description as caption"),
    ("inline_notes", True, "^[a short footnote]"),
    ("intraword_underscores", True, "a_b keeps its sign"),
    ("link_attributes", True, "the width of a picture"),
    ("pipe_tables", True, "tables"),
    ("shortcut_reference_links", True, "[x] with a line [x]: https://... further down"),
    ("smart", True, "straight quotation marks and -- become the language's own"),
    ("space_in_atx_header", True, "#5 is no heading"),
    ("startnum", True, "a list that begins with 4 keeps its 4"),
    ("strikeout", True, "~~text~~"),
    ("subscript", True, "H~2~O"),
    ("superscript", True, "m^2^"),
    ("table_attributes", True, "the id of a table behind its caption"),
    ("table_captions", True, "a line : below a table"),
    # refused by load/allowed.py: with these pandoc tells what they are, and they can be named
    ("backtick_code_blocks", True, "refused as program code"),
    ("fenced_code_blocks", True, "refused as program code"),
    ("fenced_code_attributes", True, "refused as program code"),
    ("inline_code_attributes", True, "refused as program code"),
    ("header_attributes", True, "refused: attributes of a heading"),
    # a second way of writing something, or one that takes text
    ("definition_lists", False, "a line : is a caption and nothing else"),
    ("example_lists", False, "(@) numbers by itself; numbers are the report's"),
    ("line_blocks", False, "a line | is a row of a table and nothing else"),
    ("multiline_tables", False, "runs of dashes are too easily typed"),
    ("simple_tables", False, "runs of dashes are too easily typed"),
    ("task_lists", False, "a box to tick is no text"),
    ("auto_identifiers", False, "ids are ours"),
    ("implicit_header_references", False, "[Remedies] in brackets is no link"),
    ("pandoc_title_block", False, "a line % is text"),
    ("yaml_metadata_block", False, "front matter is read by source/yaml.py"),
    # code of other formats
    ("latex_macros", False, "code"),
    ("markdown_in_html_blocks", False, "code"),
    ("native_divs", False, "code"),
    ("native_spans", False, "code"),
    ("raw_attribute", False, "code"),
    ("raw_html", False, "code"),
    ("raw_tex", False, "code"),
    ("tex_math_dollars", False, "$5 and $6 are money"),
)
DIALECT = "markdown" + "".join(f"{'+' if used else '-'}{name}" for name, used, _ in EXTENSIONS)
