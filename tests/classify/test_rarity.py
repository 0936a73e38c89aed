from __future__ import annotations

from declutter.classify.rarity import RAREST, rarest, rarity_of


def test_the_rarest_terms_come_first_then_the_longest_then_by_alphabet() -> None:
    found = {"people", "zyxwvut", "abcxyzq", "qqqq", "kermor"}

    chosen = rarest(found, least=0, most=5)

    assert chosen == ["abcxyzq", "zyxwvut", "kermor", "qqqq", "people"]
    assert rarest(found, least=0, most=3) == chosen[:3]
    assert "people" not in rarest(found, least=RAREST - 1, most=5)


def test_known_terms_are_ordered_by_their_rarity() -> None:
    found = {"people", "years", "because", "ferry", "parliam", "village"}
    rarity = {term: rarity_of([term]) for term in found}

    chosen = rarest(found, least=1, most=9)

    assert set(chosen) == {term for term in found if rarity[term] >= 1}
    assert chosen == sorted(chosen, key=lambda term: (-rarity[term], -len(term), term))
