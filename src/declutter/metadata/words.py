"""Language-independent words in names; those of languages are in the vocabulary."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CREDENTIALS: Final = _words(
    """
    md do dds dmd dvm vmd phd edd psyd jd rn rd rdn ldn np pa pt dpt ms ma ba bs bsc msc mba mph mfa lcsw lmft cpa cfp
    cfa esq jr sr ii iii iv pharmd facog faan facs fand cscs cpt pmp cissp cpp psp ryt e-ryt lvt bcba aprn fnp bsn msn
    faclm
    """
)
"""Credentials after a name."""

GENERATIONS: Final = _words("jr sr ii iii iv")
"""Credentials that tell a person from parents of the same name."""

PARTICLES: Final = _words(
    """
    de del della di da do dos das la le van von der den ter ten zur zum bin bint ibn al el ben y e und et af av zu
    ван фон дер ден де ди да ла аль эль бин ибн оглы кызы
    """
)
"""Lower-case words inside a name."""

NOBODY: Final = _words(
    """
    admin administrator root user guest author null none undefined unknown webmaster test default anonym by wordpress
    editor system n/a - name your-name
    """
)
"""Placeholders that content systems write for an unknown author."""
