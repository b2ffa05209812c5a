"""Which paragraphs carry the report's running numbers, typed or automatic.

A report is full of other numbers: clauses of a law that is quoted, items of a list. The running
numbers are the chain of candidates that is best as a whole: each link that goes on by one is worth
a point, and steps that a running number seldom takes (skipping, doubling, starting again) cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from shadowreport.importing.recognise.marks import Mark, typed_number
from shadowreport.word.content import Block, Paragraph

_WINDOW = 200  # how many candidates a chain may leave out in one step
_LEAST = 3  # fewer numbered paragraphs are no running numbers
_COSTS = {
    "doubled": 0.9,
    "restart": 2.0,
    "restart elsewhere": 2.5,
    "back": 6.0,
    "prefix": 0.5,
    "amid": 6.0,
}
_SKIP_COST, _SKIP_MOST = 0.6, 5.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph with a number: where it stands, its count, how likely it is a running number."""

    index: int
    value: int
    prefix: str
    key: str
    mark: Mark
    weight: float
    part: int  # how many headings stand above it
    goes_on: bool = False  # whether the paragraph above has the number before it, in the same marks

    @property
    def automatic(self) -> bool:
        """Whether Word numbers it."""
        return self.mark.length == 0


@dataclass(frozen=True, slots=True)
class RunningNumbers:
    """The running numbers by the index of their block, and what is odd about them."""

    marks: dict[int, Mark]
    problems: list[tuple[int, str]]


def running_numbers(
    blocks: Sequence[Block],
    headings: Container[int],
    taken: Container[int] = (),
    styles: Sequence[str] = (),
) -> RunningNumbers:
    """The running numbers of a report, given the indexes of its headings.

    `taken` are indexes of blocks that are known to be something else, such as boxes; `styles`
    names paragraph styles whose paragraphs are all numbered ones.
    """
    candidates = _candidates(blocks, headings, taken)
    sure = {
        item.index: item.mark
        for item in candidates
        if styles and _style(blocks[item.index]) in {style.lower() for style in styles}
    }
    if sure:
        return RunningNumbers(sure, [])
    chain = _best_chain(candidates)
    if len(chain) < _LEAST:
        return RunningNumbers({}, [])
    chain, quoted = _without_quoted(chain)
    chain, promoted = _with_mistyped(chain, candidates)
    problems = [(first.index, _as_quoted(first, last)) for first, last in quoted]
    problems += [(item.index, _mistyped(before, item)) for before, item in promoted]
    problems += _oddities(chain, {item.index for _, item in promoted})
    if all(item.mark.delimiter == ")" and item.goes_on for item in chain[1:]):
        problems.append((chain[0].index, _as_row(chain)))
    return RunningNumbers({item.index: item.mark for item in chain}, sorted(problems))


def _style(block: Block) -> str:
    return block.style.lower() if isinstance(block, Paragraph) else ""


# --- candidates ---------------------------------------------------------------------------------


def _candidates(
    blocks: Sequence[Block], headings: Container[int], taken: Container[int]
) -> list[Candidate]:
    found: list[Candidate] = []
    part = 0
    before = ""
    for index, block in enumerate(blocks):
        if index in headings:
            part += 1
            before = ""
            continue
        if not isinstance(block, Paragraph) or index in taken:
            before = ""
            continue
        candidate = _candidate(index, block, part)
        if candidate:
            found.append(_weighed(candidate, block.text, before, found))
        before = block.text
    return _by_list(found, blocks)


def _candidate(index: int, paragraph: Paragraph, part: int) -> Candidate | None:
    number = paragraph.number
    if number is not None and number.format in ("decimal", "decimalZero"):
        digits = number.label.strip("()[] \t").rstrip(".)")
        prefix = digits.rpartition(".")[0]
        delimiter = ")" if number.label.endswith(")") else "."
        mark = Mark("1", number.value, delimiter, 0, digits)
        key = f"auto {number.list} {number.level}"
        return Candidate(index, number.value, prefix, key, mark, 1.0, part)
    mark = typed_number(paragraph.text) if number is None else None
    if mark is None:
        return None
    prefix = mark.label.rpartition(".")[0]
    return Candidate(index, mark.value, prefix, f"typed {mark.delimiter}", mark, 1.0, part)


def _weighed(candidate: Candidate, text: str, before: str, found: list[Candidate]) -> Candidate:
    """How likely this is a running number, by itself and by what stands before it."""
    weight = 1.0
    body = text[candidate.mark.length :].strip()
    if candidate.mark.delimiter == ")":
        weight *= 0.35
    if body.endswith(";") or body[:1].islower():
        weight *= 0.4
    if len(body.split()) < 4:
        weight *= 0.6
    last = found[-1] if found else None
    follows = (
        last is not None
        and last.index == candidate.index - 1
        and last.key == candidate.key
        and last.value == candidate.value - 1
    )
    opens_list = candidate.value == 1 and before.rstrip().endswith(":")
    if opens_list or (follows and last is not None and last.weight < 0.15):
        weight = 0.1
    return replace(candidate, weight=weight, goes_on=follows)


def _by_list(found: list[Candidate], blocks: Sequence[Block]) -> list[Candidate]:
    """Automatic lists with few words beside the main one are rather lists inside paragraphs."""
    words: Counter[str] = Counter()
    for item in found:
        block = blocks[item.index]
        if item.automatic and isinstance(block, Paragraph):
            words[item.key] += len(block.text.split())
    if not words:
        return found
    most = max(words.values())
    return [
        replace(item, weight=item.weight * 0.6)
        if item.automatic and words[item.key] < most / 10
        else item
        for item in found
    ]


# --- the chain ----------------------------------------------------------------------------------


def _best_chain(candidates: Sequence[Candidate]) -> list[Candidate]:
    scores: list[float] = []
    highest: list[float] = []  # the best score up to each candidate: a bound for what is before it
    before: list[int] = []
    for at, item in enumerate(candidates):
        best, link = -min(0.3 * abs(item.value - 1), 3.0), -1
        for earlier in range(at - 1, max(0, at - _WINDOW) - 1, -1):
            if best >= highest[earlier]:
                break
            score = scores[earlier] - _cost(candidates[earlier], item)
            if score > best:
                best, link = score, earlier
        scores.append(best + item.weight)
        highest.append(max(scores[-1], highest[-1]) if highest else scores[-1])
        before.append(link)
    if not scores:
        return []
    at = max(range(len(scores)), key=lambda index: scores[index])
    chain: list[Candidate] = []
    while at >= 0:
        chain.append(candidates[at])
        at = before[at]
    return chain[::-1]


def _cost(earlier: Candidate, later: Candidate) -> float:
    if earlier.prefix != later.prefix:
        return _COSTS["prefix"] + (0 if later.value == 1 else 1.0)
    if later.goes_on and later.key != earlier.key:  # 5) of a list that began with 1) below 4.
        return _COSTS["amid"]
    step = later.value - earlier.value
    if step == 1:
        return 0.0
    if step == 0:
        return _COSTS["doubled"]
    if step > 1:
        return min(_SKIP_COST * (step - 1), _SKIP_MOST)
    if later.value == 1 and later.part > earlier.part:
        return _COSTS["restart"]
    if later.value == 1 and later.automatic:
        return _COSTS["restart elsewhere"]
    return _COSTS["back"]


def _without_quoted(
    chain: list[Candidate],
) -> tuple[list[Candidate], list[tuple[Candidate, Candidate]]]:
    """A chain without the paragraphs of another document that it quotes with their numbers: behind
    them it goes on as if they were not there. The first and the last of each such row too."""
    result: list[Candidate] = []
    rows: list[tuple[Candidate, Candidate]] = []
    at = 0
    while at < len(chain):
        item = chain[at]
        result.append(item)
        at += 1
        if at < len(chain) and (end := _end_of_quoted(chain, at)):
            rows.append((chain[at], chain[end - 1]))
            at = end
    return result, rows


def _end_of_quoted(chain: Sequence[Candidate], start: int) -> int:
    """Where the chain goes on behind a row of quoted numbers that begins here; 0: none does."""
    before, first = chain[start - 1], chain[start]
    wanted = (before.prefix, before.value + 1)
    if first.prefix != before.prefix or first.value <= before.value + 1:
        return 0
    for at in range(start + 1, len(chain)):
        if (chain[at].prefix, chain[at].value) == wanted:
            return at if chain[at].part == before.part else 0
        if chain[at].value != chain[at - 1].value + 1:
            return 0
    return 0


def _as_quoted(first: Candidate, last: Candidate) -> str:
    return f"numbers {first.mark.label} to {last.mark.label} were read as quoted from elsewhere"


def _as_row(chain: Sequence[Candidate]) -> str:
    first, last = chain[0].mark.label, chain[-1].mark.label
    return f"numbers {first}) to {last}) were read as those of paragraphs; they may be a list"


def _with_mistyped(
    chain: list[Candidate], candidates: Sequence[Candidate]
) -> tuple[list[Candidate], list[tuple[Candidate, Candidate]]]:
    """Fills a gap of exactly one with the only candidate inside it: its number was mistyped."""
    result: list[Candidate] = []
    promoted: list[tuple[Candidate, Candidate]] = []
    for earlier, later in zip(chain, [*chain[1:], None], strict=True):
        result.append(earlier)
        if later is None or later.prefix != earlier.prefix or later.value != earlier.value + 2:
            continue
        between = [item for item in candidates if earlier.index < item.index < later.index]
        if len(between) == 1 and between[0].weight >= 1.0:
            result.append(between[0])
            promoted.append((earlier, between[0]))
    return result, promoted


def _mistyped(before: Candidate, item: Candidate) -> str:
    return f"number {item.mark.label} stands where {before.value + 1} was expected"


def _oddities(chain: list[Candidate], promoted: set[int]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    if chain and chain[0].value != 1:
        found.append((chain[0].index, f"the first number is {chain[0].mark.label}"))
    for earlier, later in pairwise(chain):
        if later.index in promoted or earlier.index in promoted:
            continue
        step = later.value - earlier.value
        if earlier.prefix != later.prefix or step == 1:
            continue
        if step == 0:
            found.append((later.index, f"number {later.mark.label} stands here a second time"))
        elif step == 2:
            found.append((later.index, f"number {earlier.value + 1} is missing before this one"))
        elif step > 2:
            missing = f"{earlier.value + 1} to {later.value - 1}"
            found.append((later.index, f"numbers {missing} are missing before this one"))
        else:
            found.append((later.index, f"the numbers start again at {later.mark.label}"))
    return found
