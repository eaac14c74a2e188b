"""What follows from all verdicts together. The rules and their reasons: docs/decisions/0016-verdicts-in-a-file.md."""

from collections import deque
from collections.abc import Iterable, Mapping

from migkg.model.verdict import Contradiction, Pair, Rulings, Verdict

Said = dict[Pair, Verdict]
Neighbours = dict[str, dict[str, Verdict]]


def weigh_verdicts(verdicts: Iterable[Verdict]) -> Rulings:
    """The rulings that follow from verdicts, the same in whatever order their lines stand.

    Of one person's verdicts on a pair the latest counts; ``withdrawn`` takes back what the person said of the pair
    before, ``undone`` what anybody said of it.
    People who differ on a pair, and pairs that are said to be different but are the same by way of others, are
    contradictions: the pair stays apart, and the ``same`` verdicts between the two have no effect.

    Args:
        verdicts: in the order of their moments.
    """
    agreed, disputes = _settle(_latest(verdicts))
    same = {pair: verdict for pair, verdict in agreed.items() if verdict.choice == "same"}
    apart = {pair: verdict for pair, verdict in agreed.items() if verdict.choice == "different"}
    apart |= {dispute.pair: dispute.verdicts[0] for dispute in disputes}
    chains = _break_chains(same, apart)
    disputed = {dispute.pair for dispute in disputes}
    lost = {verdict.pair for chain in chains for verdict in chain.verdicts[1:]}
    standing = [v for pair, v in agreed.items() if pair not in lost and v.choice != "unsure"]
    return Rulings(
        must_link=frozenset(same.keys() - lost),
        cannot_link=frozenset(apart),
        splits=frozenset(pair for pair, verdict in agreed.items() if verdict.choice == "split"),
        unsure=frozenset(pair for pair, verdict in agreed.items() if verdict.choice == "unsure"),
        standing=tuple(sorted((v for v in standing if v.pair not in disputed), key=lambda v: (v.pair, v.when))),
        contradictions=(*disputes, *chains),
    )


def _latest(verdicts: Iterable[Verdict]) -> dict[Pair, dict[str, Verdict]]:
    """By pair and person, the verdict that counts."""
    said: dict[Pair, dict[str, Verdict]] = {}
    for verdict in verdicts:
        if verdict.choice == "undone":
            said.pop(verdict.pair, None)
        elif verdict.choice == "withdrawn":
            said.get(verdict.pair, {}).pop(verdict.who, None)
        else:
            people = said.setdefault(verdict.pair, {})
            # A repeated verdict keeps its first moment: it was so since then.
            if verdict.who not in people or people[verdict.who].choice != verdict.choice:
                people[verdict.who] = verdict
    return said


def _settle(said: Mapping[Pair, Mapping[str, Verdict]]) -> tuple[Said, list[Contradiction]]:
    """What is agreed on each pair, and where people differ. Who is unsure leaves it to those who are not."""
    agreed: Said = {}
    disputes = []
    for pair, people in sorted((pair, people) for pair, people in said.items() if people):
        voices = sorted(people.values(), key=lambda v: (v.choice == "unsure", v.when, v.who))
        decided = [voice for voice in voices if voice.choice != "unsure"]
        if len({voice.choice for voice in decided}) > 1:
            decided.sort(key=lambda v: (v.choice != "different", v.when, v.who))
            disputes.append(Contradiction("people", pair, tuple(decided)))
        else:
            agreed[pair] = voices[0]
    return agreed, disputes


def _break_chains(same: Said, apart: Said) -> list[Contradiction]:
    """For each pair that is set apart: the chains of ``same`` between its forms, the shortest first."""
    neighbours: Neighbours = {}
    for (left, right), verdict in sorted(same.items()):
        neighbours.setdefault(left, {})[right] = verdict
        neighbours.setdefault(right, {})[left] = verdict
    found = []
    for pair, verdict in sorted(apart.items()):
        links: dict[Pair, Verdict] = {}
        while path := _find_path(neighbours, pair, links.keys()):
            links |= {link.pair: link for link in path}
        if links:
            ordered = sorted(links.values(), key=lambda v: (v.when, v.pair))
            found.append(Contradiction("chain", pair, (verdict, *ordered)))
    return found


def _find_path(neighbours: Neighbours, ends: Pair, without: Iterable[Pair]) -> list[Verdict]:
    """The shortest chain of verdicts from one form to another (breadth first); empty when there is none."""
    barred = set(without)
    came: dict[str, tuple[str, Verdict] | None] = {ends[0]: None}
    queue = deque([ends[0]])
    while queue and ends[1] not in came:
        form = queue.popleft()
        for other, verdict in neighbours.get(form, {}).items():
            if other not in came and verdict.pair not in barred:
                came[other] = (form, verdict)
                queue.append(other)
    path = []
    step = came.get(ends[1])
    while step:
        path.append(step[1])
        step = came[step[0]]
    return path
