"""Concluding observations in many layouts become the same file of references/."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import documents
import observation_files as files
import pytest

from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.observations import import_observations
from shadowreport.observations.files import Imported
from shadowreport.pipeline import examine
from shadowreport.source.yaml import read_yaml

BASE = Path(__file__).parent / "base"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "report"
    shutil.copytree(BASE, folder)
    return folder


def _text(path: Path, items: list[files.Item], **layout: Any) -> Path:
    path.write_text(files.typed(items, **layout), encoding="utf-8")
    return path


def _retyped(path: Path, marks: str) -> Path:
    """The document as programs copy it from a page: the mark `marks`, \\1, before each paragraph."""
    text = re.sub(
        r"^(\d+\.|\([a-z]\)|[A-Z]\.) ", marks, files.typed(files.CERD), flags=re.MULTILINE
    )
    path.write_text(text, encoding="utf-8")
    return path


def _data(project: Path, stem: str) -> dict[str, Any]:
    return read_yaml((project / "references" / f"{stem}.yaml").read_text("utf-8"), stem).data


def _codes(found: list[Diagnostic]) -> list[str]:
    return [item.code for item in found]


def _take(project: Path, *sources: Path, **options: Any) -> Imported:
    return import_observations(project, sources, **options)


# --- layouts ------------------------------------------------------------------------------------

LAYOUTS: dict[str, Callable[[Path], Path]] = {
    "text": lambda path: _text(path / "x.txt", files.CERD),
    "text-narrow-without-blank-lines": lambda path: _text(
        path / "x.txt", files.CERD, width=60, blank=False
    ),
    "text-marks-in-lines-of-their-own": lambda path: _retyped(path / "x.txt", "\\1\n"),
    "text-marks-far-from-their-words": lambda path: _retyped(path / "x.txt", "\\1\n\n"),
    "text-marks-without-a-space": lambda path: _retyped(path / "x.txt", "\\1"),
    "word": lambda path: files.word(path / "x.docx", files.CERD),
    "word-automatic-numbers-soft-line-ends": lambda path: files.word(
        path / "x.docx", files.CERD, automatic=True, soft=True
    ),
    "pdf": lambda path: files.pdf(path / "x.pdf", files.CERD),
    "libreoffice-pdf": lambda path: documents.through_libreoffice(
        files.word(path / "x.docx", files.CERD), "pdf", path
    ),
    "pdf-two-columns": lambda path: files.pdf(path / "x.pdf", files.CERD, columns=2, width="21cm"),
    "pdf-letters-of-several-sizes": lambda path: files.pdf(path / "x.pdf", files.CERD, mixed=True),
    "pdf-without-room-between-paragraphs": lambda path: files.pdf(
        path / "x.pdf", files.CERD, gap="0.6em"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_gives_every_demand(layout: str, project: Path, tmp_path: Path) -> None:
    result = _take(project, LAYOUTS[layout](tmp_path))
    data = _data(project, "cerd-2023")
    assert _codes(result.diagnostics) == []
    demands, paragraphs = data["recommendations"], data["paragraphs"]
    assert list(demands) == ["5", "7.1", "7.2", "7.3", "9", "10", "11"]
    assert list(paragraphs) == ["1", "2", "3", "4", "6", "7", "8"]
    whole = {key.partition(".")[0] for key in (*demands, *paragraphs)}
    assert whole == {str(number) for number in range(1, 12)}
    assert demands["7.2"]["text"] == {"en": "Bind landlords and employers by it."}
    assert demands["7.2"]["heading"] == {"en": "Anti-discrimination legislation"}
    assert demands["7.2"]["articles"] == [1, 2, 4]
    assert [demands[key].get("concerns") for key in ("5", "7.1", "9")] == [["4"], ["6"], ["8"]]
    assert demands["9"]["general_recommendations"] == [23, 31]
    assert demands["9"]["text"]["en"].endswith("pay for the land that was taken.")
    assert paragraphs["8"]["text"]["en"].endswith(
        "(a) Drives families into the towns; (b) Has never been paid for."
    )
    assert [key for key, item in demands.items() if item.get("follow_up")] == ["7.1", "9"]
    assert [key for key, item in demands.items() if item.get("important")] == [
        "5",
        "7.1",
        "7.2",
        "7.3",
    ]
    head = [data[key] for key in ("committee", "symbol", "published", "adopted", "cycle")]
    assert head == ["CERD", "CERD/C/UTO/CO/3-4", "2023-05-09", "2023-04-27", "2023"]
    if layout.startswith("pdf"):
        assert demands["9"]["notes"] == ["See the letter of the herders to the delegation."]
    assert not has_errors(examine(project)[1])


def _shape(data: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    names = ("concerns", "articles", "general_recommendations")
    return {
        key: tuple(",".join(map(str, item.get(name, ()))) for name in names)
        for key, item in data["recommendations"].items()
    }


@pytest.mark.parametrize(
    ("make", "stem", "language", "shape"),
    [
        (
            lambda path: _text(path / "x.txt", files.CEDAW, width=70),
            "cedaw-2019",
            "en",
            {"3.1": ("2", "", ""), "3.2": ("2", "", ""), "4": ("", "", "")},
        ),
        (
            lambda path: _text(path / "x.txt", files.CCPR, width=70, style="({}) "),
            "ccpr-1999",
            "en",
            {"3": ("3", "9", ""), "4": ("4", "10,17", ""), "5": ("", "", "")},
        ),
        (
            lambda path: files.pdf(path / "x.pdf", files.CRC),
            "crc-2018",
            "en",
            {
                "2": ("", "4,42,44", "19"),
                "3.1": ("", "7,8,13,14,15,16,17", ""),
                "3.2": ("", "7,8,13,14,15,16,17", ""),
            },
        ),
        (
            lambda path: files.word(path / "x.docx", files.CESCR_FR),
            "cescr-2021",
            "fr",
            {"3.1": ("2", "11", "4"), "3.2": ("2", "11", "4")},
        ),
        (
            lambda path: _text(path / "x.txt", files.CAT_ES),
            "cat-2017",
            "es",
            {"3": ("2", "11,16", "")},
        ),
        (
            lambda path: files.pdf(path / "x.pdf", files.CERD_RU),
            "cerd-2023",
            "ru",
            {
                "5": ("4", "", ""),
                **{f"7.{nth}": ("6", "1,2", "") for nth in (1, 2, 3)},
            },
        ),
        (
            lambda path: files.word(path / "x.docx", files.CRPD),
            "crpd-2024",
            "en",
            {"3": ("2", "9", "2"), "4.1": ("2", "9", ""), "4.2": ("2", "9", ""), "5": ("2", "9", "")},
        ),
        (
            lambda path: _text(path / "x.txt", files.CMW, width=70),
            "cmw-2021",
            "en",
            {"3": ("2", "", "1")},
        ),
        (
            lambda path: files.pdf(path / "x.pdf", files.CED, columns=2, width="21cm"),
            "ced-2020",
            "en",
            {"3": ("2", "12,24", ""), "4": ("2", "12,24", "")},
        ),
        (
            lambda path: _text(path / "x.txt", files.RECITALS_FR),
            "cmw-2022",
            "fr",
            {"3": ("2", "", "")},
        ),
        (
            lambda path: _text(path / "x.txt", files.RECITALS_ES),
            "ced-2022",
            "es",
            {"3": ("2", "", "")},
        ),
        (
            lambda path: _text(path / "x.txt", files.RECITALS_RU),
            "crpd-2022",
            "ru",
            {"3": ("2", "", "")},
        ),
    ],
)  # fmt: skip
def test_committees_and_languages(
    make: Callable[[Path], Path],
    stem: str,
    language: str,
    shape: dict[str, tuple[str, ...]],
    project: Path,
    tmp_path: Path,
) -> None:
    result = _take(project, make(tmp_path))
    assert set(_codes(result.diagnostics)) <= {"observations-other-state"}
    data = _data(project, stem)
    assert _shape(data) == shape
    assert all(list(item["text"]) == [language] for item in data["recommendations"].values())
    assert not has_errors(examine(project)[1])


FORMS: dict[str, Callable[[Path, list[files.Item]], Path]] = {
    "text": lambda path, items: _text(path / "x.txt", items, width=70),
    "word": lambda path, items: files.word(path / "x.docx", items),
    "pdf": lambda path, items: files.pdf(path / "x.pdf", items),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_question_of_a_list_of_issues_asks_for_an_answer(
    form: str, project: Path, tmp_path: Path
) -> None:
    result = _take(project, FORMS[form](tmp_path, files.QUESTIONS))
    assert _codes(result.diagnostics) == []
    data = _data(project, "cedaw-questions-2023")
    assert data["heading"] == {"en": "Questions of CEDAW (2023)"}
    said = {
        key: (item["text"]["en"], item["heading"]["en"])
        for key, item in data["recommendations"].items()
    }
    first, second = "Constitutional and legislative framework", "Stereotypes and harmful practices"
    assert said == {
        "1": (files.QUESTIONS[4][1], first),
        "2.1": ("The steps taken to change school books.", second),
        "2.2": ("Campaigns in the media.", second),
        "3": (files.QUESTIONS[9][1], second),
    }
    assert data["paragraphs"]["2"]["text"]["en"] == "Please provide information on:"
    assert not has_errors(examine(project)[1])


@pytest.mark.parametrize("form", FORMS)
def test_recommendations_of_the_review_have_their_own_numbers(
    form: str, project: Path, tmp_path: Path
) -> None:
    _take(project, FORMS[form](tmp_path, files.REVIEW))
    made = _data(project, "upr-2023")["recommendations"]
    assert {
        key: (item["label"], item["text"]["en"], item["states"], item["response"])
        for key, item in made.items()
    } == {
        "2.1": (
            "2.1",
            "Ratify the Optional Protocol to the Convention against Torture.",
            ["France", "Chile"],
            "supported",
        ),
        "2.2": (
            "2.2",
            "Adopt a law against discrimination.",
            ["Bolivia (Plurinational State of)"],
            "supported",
        ),
        "3.1": (
            "3.1",
            "Abolish the fee for permits, in line with article 4 of the Covenant.",
            ["Georgia", "Peru"],
            "noted",
        ),
    }


def test_an_item_without_its_stop_begins_a_line_of_plain_text(
    project: Path, tmp_path: Path
) -> None:
    """It stood in the item above, and the next item was taken for the paragraph of its number."""
    text = files.typed(files.REVIEW_OF_2009).replace("\n\n", "\n")
    (tmp_path / "x.txt").write_text(text, "utf-8")
    _take(project, tmp_path / "x.txt")
    made = _data(project, "upr-2009")["recommendations"]
    assert list(made) == ["3.1", "3.2", "3.3", "3.4", "4.1", "4.2"]
    assert [made[key].get("response") for key in ("3.4", "4.1")] == [None, "noted"]


@pytest.mark.parametrize("form", FORMS)
def test_recommendations_of_the_first_reviews_are_numbered_below_their_paragraph(
    form: str, project: Path, tmp_path: Path
) -> None:
    result = _take(project, FORMS[form](tmp_path, files.REVIEW_OF_2009))
    assert _codes(result.diagnostics) == []
    made = _data(project, "upr-2009")
    assert made["symbol"] == "A/HRC/12/9"
    assert {
        key: (item["text"]["en"], item["states"], item.get("response", ""))
        for key, item in made["recommendations"].items()
    } == {
        "3.1": (
            "Ratify the Optional Protocol to the Convention against Torture.",
            ["France", "Chile"],
            "",
        ),
        "3.2": (
            "Adopt a law against discrimination (Peru); share what it learned with its neighbours.",
            ["Georgia"],
            "",
        ),
        "3.3": ("(In line with article 4) abolish the fee for permits.", ["Georgia"], ""),
        "3.4": ("End child labour.", ["Italy"], ""),
        "4.1": ("Abolish the death penalty.", ["Spain"], "noted"),
        "4.2": ("Open the archives.", ["Chile"], "noted"),
    }


def test_a_recommendation_of_the_review_that_is_missing_is_told_with_its_number(
    project: Path, tmp_path: Path
) -> None:
    lost = [item for item in files.REVIEW if not item[1].startswith("2.1 ")]
    with pytest.raises(Failure) as caught:
        _take(project, _text(tmp_path / "x.txt", lost))
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.place.line > 0) == ("observations-gap", True)
    assert "2.1 is missing" in problem.message


def test_a_footnote_that_is_a_symbol_and_the_day_of_printing_are_read_where_nothing_stands_apart(
    project: Path, tmp_path: Path
) -> None:
    _take(project, files.apart(tmp_path / "x.pdf"))
    data = _data(project, "cerd-2023")
    assert data["paragraphs"]["1"]["notes"] == ["CERD/C/UTO/3."]
    assert data["paragraphs"]["1"]["text"]["en"].endswith("the report, which was long.")
    assert (data["published"], data["session"]) == ("2023-05-09", "110")


def test_a_state_is_known_in_capitals_and_with_and(project: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        "Committee against Torture\n\nConcluding observations: BOSNIA AND HERZEGOVINA\n\n"
        "1. The Committee met on 3 May 2011.\n\n2. The Committee urges the State party to act.\n"
    )
    _take(project, tmp_path / "x.txt")
    assert _data(project, "cat-2011")["state"] == "Bosnia & Herzegovina"


ADDENDUM = """\
A/HRC/52/9/Add.1

15 March 2023

Report of the Working Group on the Universal Periodic Review: Utopia. Addendum

1. Utopia has examined the recommendations of 4 January 2023.

2. Recommendation 2.1 is noted. Utopia supports neither 7.1 nor others.

3. The following recommendations do not enjoy the support of Utopia:

2.2 to 2.3, 2.5

4. On the others Utopia answers:

3.1 Support and accept the fee for permits (Georgia, Peru);

Response: Supported.

3.2 Open the archives (Chile). Noted.

3.3 Keep the ferries (Chile);

5. Utopia thanks all delegations.
"""


def test_an_addendum_tells_the_responses_to_the_recommendations_of_its_report(
    project: Path, tmp_path: Path
) -> None:
    more = [
        ("more", f"{number} Act in time (Chile);") for number in ("2.3", "2.4", "2.5", "3.2", "3.3")
    ]
    review = [
        (kind, text.replace(" enjoy the support of", " will be examined by"))
        for kind, text in files.REVIEW
    ]
    at = next(index for index, item in enumerate(review) if item[1].startswith("2.2"))
    last = next(index for index, item in enumerate(review) if item[1].startswith("3.1"))
    review = [
        *review[: at + 1],
        *more[:3],
        *review[at + 1 : last + 1],
        *more[3:],
        *review[last + 1 :],
    ]
    review = [(kind, text.replace("have been noted", "will be examined")) for kind, text in review]
    addendum = tmp_path / "add.txt"
    addendum.write_text(ADDENDUM)
    with pytest.raises(Failure) as early:
        _take(project, addendum)
    assert "import the report itself first" in early.value.diagnostics[0].hint
    _take(project, _text(tmp_path / "x.txt", review))
    result = _take(project, addendum)
    made = _data(project, "upr-2023")["recommendations"]
    assert {key: item.get("response") for key, item in made.items()} == {
        **{"2.1": "noted", "2.2": "noted", "2.3": "noted", "2.4": None, "2.5": "noted"},
        **{"3.1": "supported", "3.2": "noted", "3.3": None},
    }
    assert made["3.1"]["text"]["en"].startswith("Abolish the fee")
    told = [(item.place.line > 0, item.message) for item in result.diagnostics]
    assert [where for where, _ in told] == [True, True]
    assert "7.1" in told[0][1] and "3.3 Keep the ferries" in told[1][1]


def test_an_old_paragraph_is_divided_into_concern_and_demand(project: Path, tmp_path: Path) -> None:
    _take(project, _text(tmp_path / "x.txt", files.CCPR, style="({}) "))
    data = _data(project, "ccpr-1999")
    assert data["recommendations"]["3"]["text"]["en"].startswith("The State party should shorten")
    assert data["paragraphs"]["3"]["text"]["en"].endswith("before trial (art. 9).")
    assert data["state"] == "Iceland"


# --- what is there already ----------------------------------------------------------------------


def test_languages_are_merged_by_paragraph_and_what_people_wrote_stays(
    project: Path, tmp_path: Path
) -> None:
    english = _text(tmp_path / "en.txt", files.CERD)
    _take(project, english)
    path = project / "references" / "cerd-2023.yaml"
    text = path.read_text("utf-8")
    edited = text.replace("Bind landlords and employers by it.", "Bind landlords.  # ours").replace(
        '  "9":\n', '  # the herders wait for this\n  "9":\n    theme: land\n'
    )
    path.write_text(edited, encoding="utf-8")
    result = _take(project, _text(tmp_path / "ru.txt", files.CERD_RU), english)
    assert _codes(result.diagnostics) == ["observations-kept"]
    after = path.read_text("utf-8")
    assert "Bind landlords." in after
    assert '  # the herders wait for this\n  "9":\n    theme: land\n' in after
    demand = _data(project, "cerd-2023")["recommendations"]["5"]
    assert list(demand["text"]) == ["en", "ru"]
    assert demand["heading"]["ru"] == "Данные о населении"
    assert _take(project, english).changed() == {}


def test_a_paragraph_that_somebody_divided_otherwise_stays(project: Path, tmp_path: Path) -> None:
    source = _text(tmp_path / "en.txt", files.CERD)
    _take(project, source)
    path = project / "references" / "cerd-2023.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r'  "7\.3":\n(?:    .*\n)+', "", text).replace('"7.2":', '"7.9":'), "utf-8"
    )
    result = _take(project, source)
    assert _codes(result.diagnostics) == ["observations-kept"] * 2
    assert "7.3" not in _data(project, "cerd-2023")["recommendations"]


def test_a_dry_run_writes_nothing(project: Path, tmp_path: Path) -> None:
    before = sorted(path for path in project.rglob("*"))
    result = _take(project, _text(tmp_path / "x.txt", files.CERD), dry_run=True)
    assert set(result.changed()) == {"references/cerd-2023.yaml", "sections/report.yaml"}
    assert sorted(path for path in project.rglob("*")) == before


def test_the_document_becomes_a_column_in_the_order_of_years(project: Path, tmp_path: Path) -> None:
    _take(project, _text(tmp_path / "x.txt", files.CERD))
    settings = read_yaml((project / "sections" / "report.yaml").read_text("utf-8"), "").data
    assert settings["cycles"] == ["cerd-2010", "cerd-2014", "cerd-2023"]


# --- what cannot be taken -----------------------------------------------------------------------


def test_a_number_that_is_missing_is_named(project: Path, tmp_path: Path) -> None:
    lines = files.typed(files.CERD).split("\n\n")
    (tmp_path / "x.txt").write_text(
        "\n\n".join(line for line in lines if not line.startswith("6. "))
    )
    with pytest.raises(Failure) as failure:
        _take(project, tmp_path / "x.txt")
    problem = failure.value.diagnostics[0]
    assert problem.code == "observations-gap"
    assert "paragraph 6 is missing" in problem.message
    assert not (project / "references" / "cerd-2023.yaml").exists()
    result = _take(project, tmp_path / "x.txt", force=True)
    assert _codes(result.diagnostics) == ["observations-gap"]
    assert "7.1" in _data(project, "cerd-2023")["recommendations"]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: files.scanned(path / "x.pdf"), "has no text"),
        (lambda path: _text(path / "x.txt", files.CERD[5:]), "no committee is named"),
        (lambda path: _text(path / "x.odt", files.CERD), "no kind of file"),
        (lambda path: _text(path / "x.pdf", files.CERD), "damaged"),
    ],
)
def test_what_cannot_be_read_is_told(
    make: Callable[[Path], Path], said: str, project: Path, tmp_path: Path
) -> None:
    with pytest.raises(Failure) as failure:
        _take(project, make(tmp_path))
    assert _codes(list(failure.value.diagnostics)) == ["observations-unreadable"]
    assert said in failure.value.diagnostics[0].message


def test_a_document_on_another_state_is_told(project: Path, tmp_path: Path) -> None:
    items = [(kind, said.replace("UTO", "ISL")) for kind, said in files.CERD]
    found = _take(project, _text(tmp_path / "x.txt", items)).diagnostics
    assert [item.message for item in found] == [
        "this document is on Iceland, which is not the State of this report"
    ]


@pytest.mark.parametrize("told", [True, False])
def test_a_document_on_the_state_of_the_report_is_taken_without_a_word(
    told: bool, project: Path, tmp_path: Path
) -> None:
    settings = project / "sections" / "report.yaml"
    text = settings.read_text("utf-8")
    if told:
        settings.write_text(text.replace("name: Utopia, code: UTO", "name: Iceland, code: ISL"))
    else:
        settings.unlink()  # a folder that is no report yet
    items = [(kind, said.replace("UTO", "ISL")) for kind, said in files.CERD]
    assert not _take(project, _text(tmp_path / "x.txt", items)).diagnostics


# openings of documents as they come when somebody copies a page: the text, and what it says of itself
OPENINGS = {
    "meetings-and-the-state-report": (
        "CERD.C.UTO.CO.3\n\nGE.\n\nCommittee on the Elimination of Racial DiscriminationEightieth session\n\n"
        "Concluding observations: Utopia\n\n1. The Committee considered the report (CERD/C/UTO/3) at its "
        "2131st meeting (CERD/C/SR.2131), held on 15 February 2012. At its 2148th meeting, held on 28 February, "
        "it adopted these observations.\n\n2. The Committee urges the State party to act.\n\n"
        "*Adopted by the Committee at its ninetieth session.\n",
        ("CERD", "", "Eightieth", "2012-02-28"),
    ),
    "no-first-page": (
        "1. Комитет рассмотрел доклад (CERD/C/UTO/3) на своем 9-м заседании. На своем 12-м заседании, "
        "состоявшемся 20 февраля 2013 года (см. СERD/C/SR.12), он принял эти замечания.\n"
        "2. Комитет рекомендует государству-участнику действовать.\n",
        ("CERD", "", "", "2013-02-20"),
    ),
    "words-run-together": (
        "United NationsCEDAW/C/UTO/CO/4\nDistr.: General\n27 March 2013\nConcluding observations on the "
        "fourth periodic report of Utopia , adopted by the Committee at its fifty-fourth session (1 March 2013)\n"
        "1.The Committee considered the report (CEDAW/C/UTO/4). Its questions are in CEDAW/C/UTO/Q/4.\n"
        "C.Concerns and recommendations\n2.The Committee recommends that the State party:\n(a)Act;\n(b)Report on it.\n",
        ("CEDAW", "CEDAW/C/UTO/CO/4", "fifty-fourth", "2013-03-01"),
    ),
    "part-of-an-annual-report": (
        "Committee on the Elimination of Discrimination against Women, Concluding Observations: Utopia (1999).\n\n"
        "251. The Committee considered the report at its 419th meeting, on 1 February 1999.\n\n"
        "252. The Committee urges the Government to act.\n\n253. It invites the Government to report on it.\n",
        ("CEDAW", "", "", ""),
    ),
}


@pytest.mark.parametrize("opening", OPENINGS)
def test_the_opening_of_a_page_that_somebody_copied(
    opening: str, project: Path, tmp_path: Path
) -> None:
    text, front = OPENINGS[opening]
    (tmp_path / "x.txt").write_text(text, "utf-8")
    result = _take(project, tmp_path / "x.txt")
    said = result.taken[0].front
    assert (said.committee, said.symbol, said.session, said.adopted) == front
    assert _codes(result.diagnostics) == ([] if said.symbol else ["observations-left"])  # TODO
    demands = _data(project, f"{said.committee.lower()}-{said.year}")["recommendations"]
    expected = {"words-run-together": ["2.1", "2.2"], "part-of-an-annual-report": ["252", "253"]}
    assert list(demands) == expected.get(opening, ["2"])
    assert not any(
        "dopted" in item["text"]["en"] for item in demands.values() if "en" in item["text"]
    )


def test_sub_paragraphs_that_go_on_in_the_line(project: Path, tmp_path: Path) -> None:
    items = [
        ("front", "CCPR/C/UTO/CO/3"),
        ("part", "C. Principal matters of concern and recommendations"),
        ("n", "The Committee adopted these observations on 10 July 2023, and is concerned at bans (see art. 9)."),
        ("n", "The State party should: (a) lift them, as article 9 (a) asks; (b) pay for what was lost; and (c) say so."),
        ("n", "The State party should see to it that: all bans end (a) at once."),
    ]  # fmt: skip
    _take(project, _text(tmp_path / "x.txt", items))
    demands = _data(project, "ccpr-2023")["recommendations"]
    assert {key: item["text"]["en"] for key, item in demands.items()} == {
        "2.1": "lift them, as article 9 (a) asks.",
        "2.2": "pay for what was lost.",
        "2.3": "say so.",
        "3": "The State party should see to it that: all bans end (a) at once.",
    }


URGENT = [
    ("front", "CRPD/C/UTO/CO/1"),
    ("part", "III. Principal areas of concern and recommendations"),
    ("n", "The Committee, on 20 March 2023, recommends that the State party act."),
    ("n", "The Committee recommends that the State party write a law."),
    ("n", "The Committee recommends that the State party train judges."),
    ("part", "IV. Follow-up"),
    ("n", "With regard to urgent measures, the Committee would like to draw the State party’s attention to the recommendations contained in paragraphs 1, on acting, and 3, on judges."),
]  # fmt: skip
SUITE = [
    ("front", "CAT/C/UTO/CO/4"),
    ("part", "C. Principaux sujets de préoccupation et recommandations"),
    ("n", "L’État partie devrait, dès le 8 mars 2023 :"),
    ("a", "Ouvrir les prisons ;"),
    ("a", "Tenir des registres."),
    ("head", "Procédure"),
    ("n", "Le Comité demande des renseignements sur la suite qu’il aura donnée aux recommandations (voir par. 1 b) ci-dessus)."),
]  # fmt: skip


def test_a_document_on_another_state_without_a_symbol_goes_into_no_file_that_is_there(
    project: Path, tmp_path: Path
) -> None:
    text = OPENINGS["no-first-page"][0].replace("UTO", "ISL").replace("2013", "2014")
    (tmp_path / "x.txt").write_text(text, "utf-8")
    known = (project / "references" / "cerd-2014.yaml").read_text("utf-8")
    with pytest.raises(Failure) as failure:
        _take(project, tmp_path / "x.txt")
    assert "would be mixed into references/cerd-2014.yaml" in failure.value.diagnostics[-1].message
    assert (project / "references" / "cerd-2014.yaml").read_text("utf-8") == known


def test_what_is_urgent_or_followed_up_is_marked(project: Path, tmp_path: Path) -> None:
    _take(project, _text(tmp_path / "x.txt", URGENT), _text(tmp_path / "y.txt", SUITE))
    urgent = _data(project, "crpd-2023")["recommendations"]
    assert [key for key, item in urgent.items() if item.get("important")] == ["1", "3"]
    followed = _data(project, "cat-2023")["recommendations"]
    assert [key for key, item in followed.items() if item.get("follow_up")] == ["1.2"]


def test_a_document_without_a_symbol_joins_no_other_one(project: Path, tmp_path: Path) -> None:
    known = project / "references" / "cerd-2014.yaml"
    known.write_text(
        re.sub("^symbol: .*", "symbol: TODO", known.read_text("utf-8"), flags=re.M), "utf-8"
    )
    before = known.read_text("utf-8")
    (tmp_path / "x.txt").write_text(OPENINGS["part-of-an-annual-report"][0], "utf-8")
    _take(project, tmp_path / "x.txt")
    assert known.read_text("utf-8") == before


def test_what_is_not_understood_is_named_with_its_place(project: Path, tmp_path: Path) -> None:
    text = files.typed(files.CERD).replace(
        "6. The Committee is concerned that",
        "Stray words under a heading.\n\n6. Fences stand where",
    )
    (tmp_path / "x.txt").write_text(text + "\nAnnex\n\nA list of those who spoke.\n")
    found = _take(project, tmp_path / "x.txt").diagnostics
    lines = text.splitlines()
    expected = {
        "a text without a number: 'Stray": lines.index("Stray words under a heading.") + 1,
        "neither a concern": next(at for at, line in enumerate(lines, 1) if line[:2] == "6."),
        "behind the last numbered paragraph: 'Annex'": len(lines) + 2,
        "behind the last numbered paragraph: 'A list": len(lines) + 4,
    }
    assert {item.place.line for item in found} == set(expected.values())
    for item, start in zip(found, expected, strict=True):
        assert item.code == "observations-left"
        assert item.message.startswith(start)


def test_a_sentence_without_a_verb_of_its_own_goes_with_its_neighbours(
    project: Path, tmp_path: Path
) -> None:
    items = [
        ("front", "CCPR/C/UTO/CO/3"),
        ("part", "C. Principal matters of concern and recommendations"),
        ("n", "The Committee, on 10 July 2023, is concerned at bans."),
        ("more", "Two of them are new. The State party should lift them."),
        ("n", "Two boats sank. The State party should light the piers."),
    ]
    _take(project, _text(tmp_path / "x.txt", items))
    data = _data(project, "ccpr-2023")
    demands = {key: item["text"]["en"] for key, item in data["recommendations"].items()}
    assert demands["1"] == "The State party should lift them."
    assert demands["2"] == "Two boats sank. The State party should light the piers."
    assert data["paragraphs"]["1"]["text"]["en"].endswith("concerned at bans. Two of them are new.")


def test_a_part_of_an_annual_report_begins_with_its_first_paragraph(
    project: Path, tmp_path: Path
) -> None:
    said = [
        "251. The Committee considered the report (CEDAW/C/UTO/3), and urges the Government to act."
    ]
    said += [
        f"{at}. The Committee urges the Government to light pier {at}." for at in range(252, 260)
    ]
    (tmp_path / "x.txt").write_text("\n\n".join(said), "utf-8")
    result = _take(project, tmp_path / "x.txt")
    assert result.taken[0].counts["demands"] == 9


def test_themes_are_those_of_the_sections_also_where_one_cannot_be_read(
    project: Path, tmp_path: Path
) -> None:
    (project / "sections" / "000-broken.md").write_text("---\ntitle: [\n---\n\nText.\n", "utf-8")
    heading = {"Anti-discrimination legislation (arts. 1–2)": "Legislation"}
    items = [(kind, heading.get(said, said)) for kind, said in files.CERD]
    _take(project, _text(tmp_path / "x.txt", items))
    assert _data(project, "cerd-2023")["recommendations"]["7.1"]["theme"] == "legislation"
