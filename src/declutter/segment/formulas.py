"""Formulas as TeX: the source that the page gives, or else converted from MathML."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from declutter.model import SpanKind
from declutter.outline import Mark
from declutter.tex import unwrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

_MAX_DEPTH: Final = 40
_MAX_PREVIEWS: Final = 8
_MAX_TEXTS: Final = 2000
_MIN_TEXTS: Final = 20
"""Limits on the preceding siblings that may be a script's rendering, and on the texts read of a rendering. A formula is
rendered once, but on a hostile page every script may scan the same siblings.
"""
_OPERATORS: Final = {
    "−": "-", "×": r"\times ", "÷": r"\div ", "·": r"\cdot ", "⋅": r"\cdot ", "±": r"\pm ", "∓": r"\mp ",
    "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "≈": r"\approx ", "≡": r"\equiv ", "∼": r"\sim ", "∝": r"\propto ",
    "∞": r"\infty ", "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ", "∂": r"\partial ", "∇": r"\nabla ",
    "→": r"\to ", "⇒": r"\Rightarrow ", "⇔": r"\Leftrightarrow ", "↦": r"\mapsto ",
    "∈": r"\in ", "∉": r"\notin ", "⊂": r"\subset ", "⊆": r"\subseteq ", "∪": r"\cup ", "∩": r"\cap ",
    "∀": r"\forall ", "∃": r"\exists ", "¬": r"\neg ", "∧": r"\land ", "∨": r"\lor ", "…": r"\ldots ", "⋯": r"\cdots ",
    "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "_": r"\_",
    "\u2061": "", "\u2062": "", "\u2063": "",
    "α": r"\alpha ", "β": r"\beta ", "γ": r"\gamma ", "δ": r"\delta ", "ε": r"\epsilon ", "ζ": r"\zeta ",
    "η": r"\eta ", "θ": r"\theta ", "κ": r"\kappa ", "λ": r"\lambda ", "μ": r"\mu ", "ν": r"\nu ", "ξ": r"\xi ",
    "π": r"\pi ", "ρ": r"\rho ", "σ": r"\sigma ", "τ": r"\tau ", "φ": r"\phi ", "χ": r"\chi ", "ψ": r"\psi ",
    "ω": r"\omega ", "Γ": r"\Gamma ", "Δ": r"\Delta ", "Θ": r"\Theta ", "Λ": r"\Lambda ", "Σ": r"\Sigma ",
    "Φ": r"\Phi ", "Ψ": r"\Psi ", "Ω": r"\Omega ",
}  # fmt: skip
# Class tokens of formula images, whose alternative text is the TeX source.
_PICTURES: Final = frozenset({"mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "latex", "tex"})


class Formula(msgspec.Struct, frozen=True, gc=False):
    """A formula, as found by the walk.

    tex: its source; None if there is none. drawn: the script's rendering of it beside the source, without white space:
    after it or, for a MathJax script, before it.
    """

    tex: str | None
    drawn: str = ""
    is_script: bool = False

    def mark(self, text: str, start: int, end: int) -> Mark:
        """The formula's mark in the text of its block, including its rendering there."""
        if self.is_script:
            start = _before(self.drawn, text, start)
        elif self.drawn:
            end = _past(self.drawn, text, end)
        return Mark(start, end, SpanKind.FORMULA, self.tex)


def read_formula(node: _Element) -> Formula:
    """The formula of a MathJax script or a MathML element: its TeX annotation, or else converted from MathML."""
    if node.tag == "script":
        return Formula(unwrapped(node.text or ""), _preview(node), is_script=True)
    for annotation in node.iter("annotation"):
        if "tex" in (annotation.get("encoding") or "").lower() and annotation.text:
            tex = unwrapped(annotation.text)
            break
    else:
        tex = unwrapped(node.get("alttext") or "") or unwrapped(_tex(node, 0))
    return Formula(tex, _repeat(node, tex))


def pictured_formula(given: Mapping[str, str]) -> Formula | None:
    """The formula in the alternative text of an image with these attributes; None for any other image."""
    names = given.get("class")
    if not names or _PICTURES.isdisjoint(names.split()):
        return None
    tex = unwrapped(given.get("alt") or "")
    return Formula(tex) if tex else None


def _repeat(node: _Element, tex: str | None) -> str:
    """KaTeX's rendering after the formula's MathML, of about the length of its source."""
    parent = node.getparent()
    if parent is None or parent.get("class") != "katex-mathml" or node.getprevious() is not None:
        return ""
    drawn = parent.getnext()
    if drawn is None or drawn.get("class") != "katex-html":
        return ""
    return _text_of(drawn, min(_MAX_TEXTS, _MIN_TEXTS + 2 * len(tex or "")))


def _preview(node: _Element) -> str:
    """MathJax's rendering or preview before the script with the formula's source."""
    drawn = ""
    for before in islice(node.itersiblings(preceding=True), _MAX_PREVIEWS):
        if not (before.get("class") or "").startswith("MathJax") or (before.tail or "").strip():
            break
        drawn = _text_of(before, _MAX_TEXTS) + drawn
    return drawn


def _text_of(node: _Element, most: int) -> str:
    return "".join("".join(str(text) for text in islice(node.itertext(), most)).split())


def _past(drawn: str, text: str, end: int) -> int:
    """The end of the rendering that begins at `end`; `end` if there is none."""
    at = end
    for character in drawn:
        while text[at : at + 1] == " ":
            at += 1
        if text[at : at + 1] != character:
            return end
        at += 1
    return at


def _before(drawn: str, text: str, start: int) -> int:
    """The start of the rendering that ends at `start`; `start` if there is none."""
    at = start
    for character in reversed(drawn):
        while at and text[at - 1] == " ":
            at -= 1
        if not at or text[at - 1] != character:
            return start
        at -= 1
    return at


def _tex(node: _Element, depth: int) -> str:
    if depth > _MAX_DEPTH or not isinstance(node.tag, str):
        return ""
    name = node.tag.rpartition(":")[2]
    if not len(node):
        return _token(name, (node.text or "").strip())
    parts = [
        _tex(child, depth + 1) for child in node.iterchildren(tag="*") if not str(child.tag).startswith("annotation")
    ]
    writer = _WRITERS.get(name)
    if writer is not None:
        size, write = writer
        if len(parts) == size:
            return write(parts)
    if name == "msqrt":
        return rf"\sqrt{{{''.join(parts)}}}"
    if name == "mtable":
        rows = r" \\ ".join(parts)
        return rf"\begin{{matrix}}{rows}\end{{matrix}}"
    return (" & " if name in ("mtr", "mlabeledtr") else "").join(parts)


def _token(name: str, text: str) -> str:
    if name == "mspace":
        return r"\,"
    if name == "mtext":
        return rf"\text{{{text}}}" if text else ""
    if name == "mi" and len(text) > 1 and text.isalpha():
        return rf"\mathrm{{{text}}}"
    return "".join(_OPERATORS.get(character, character) for character in text)


def _grouped(base: str) -> str:
    """The base of a subscript or superscript, in braces if TeX would otherwise attach it to the last character only."""
    return base if len(base) <= 1 or base[0] == "\\" or base[-1] == ")" else f"{{{base}}}"


def _accented(parts: list[str]) -> str:
    accents = {"^": "hat", "¯": "bar", "‾": "bar", "→": "vec", r"\to ": "vec", "~": "tilde", "˙": "dot", ".": "dot"}
    accent = accents.get(parts[1])
    return rf"\{accent}{{{parts[0]}}}" if accent else rf"{parts[0]}^{{{parts[1]}}}"


_WRITERS: Final[dict[str, tuple[int, Callable[[list[str]], str]]]] = {
    "mfrac": (2, lambda parts: rf"\frac{{{parts[0]}}}{{{parts[1]}}}"),
    "msup": (2, lambda parts: f"{_grouped(parts[0])}^{{{parts[1]}}}"),
    "msub": (2, lambda parts: f"{_grouped(parts[0])}_{{{parts[1]}}}"),
    "msubsup": (3, lambda parts: f"{_grouped(parts[0])}_{{{parts[1]}}}^{{{parts[2]}}}"),
    "munder": (2, lambda parts: f"{parts[0]}_{{{parts[1]}}}"),
    "mover": (2, _accented),
    "munderover": (3, lambda parts: f"{parts[0]}_{{{parts[1]}}}^{{{parts[2]}}}"),
    "mroot": (2, lambda parts: rf"\sqrt[{parts[1]}]{{{parts[0]}}}"),
}
