"""Formulas as TeX: what the page itself gives as its source, else MathML put into TeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.model import Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

# Nothing of the kind is written about money or in addresses: `$5 and $6` has single dollars.
_WRITTEN: Final = re.compile(
    r"\\\(((?:(?!\\\().){1,2000}?)\\\)|\\\[((?:(?!\\\[).){1,2000}?)\\\]|\$\$([^$]{1,2000})\$\$", re.DOTALL
)
_MAX_DEPTH: Final = 40
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
_WRAPPERS: Final = ("{\\displaystyle ", "{\\textstyle ")
# Class tokens of pictures that show a formula and hold its source as their alternative text.
_PICTURES: Final = ("mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "latex", "tex")


def read_formula(node: _Element) -> str | None:
    """The TeX of a formula's element: of MathJax's script, of what annotates MathML, else of MathML itself."""
    if node.tag == "script":
        return _unwrapped(node.text or "")
    for annotation in node.iter("annotation"):
        if "tex" in (annotation.get("encoding") or "").lower() and annotation.text:
            return _unwrapped(annotation.text)
    return _unwrapped(node.get("alttext") or "") or _unwrapped(_tex(node, 0))


def pictured_formula(node: _Element) -> str | None:
    """The TeX that a picture of a formula has as its alternative text; None for any other picture."""
    names = (node.get("class") or "").split()
    return _unwrapped(node.get("alt") or "") if any(name in _PICTURES for name in names) else None


def past_repeat(node: _Element, text: str, end: int) -> int:
    """Where a formula ends that stands twice, as MathML and drawn by KaTeX; `end` where it stands once."""
    parent = node.getparent()
    drawn = parent.getnext() if parent is not None and parent.get("class") == "katex-mathml" else None
    if drawn is None or drawn.get("class") != "katex-html":
        return end
    at = end
    for character in "".join(str(text) for text in drawn.itertext()):
        if character.isspace():
            continue
        while text[at : at + 1] == " ":
            at += 1
        if text[at : at + 1] != character:
            return end
        at += 1
    return at


def before_preview(node: _Element, text: str, start: int) -> int:
    """Where a formula begins that MathJax has drawn, or announced, before the script that holds its source."""
    drawn = ""
    before = node.getprevious()
    while before is not None and (before.get("class") or "").startswith("MathJax") and not (before.tail or "").strip():
        drawn = "".join(str(text) for text in before.itertext()) + drawn
        before = before.getprevious()
    at = start
    for character in reversed("".join(drawn.split())):
        while at and text[at - 1] == " ":
            at -= 1
        if not at or text[at - 1] != character:
            return start
        at -= 1
    return at


def written_formulas(text: str) -> list[Span]:
    r"""The formulas that a text writes in TeX's own marks, for scripts to draw: `\\(…\\)`, `\\[…\\]`, `$$…$$`."""
    if "\\" not in text and "$$" not in text:
        return []
    return [
        Span(*found.span(), SpanKind.FORMULA, tex)
        for found in _WRITTEN.finditer(text)
        if (tex := _unwrapped(found[1] or found[2] or found[3]))
    ]


def _unwrapped(tex: str) -> str | None:
    tex = tex.strip()
    for wrapper in _WRAPPERS:
        if tex.startswith(wrapper) and tex.endswith("}"):
            tex = tex[len(wrapper) : -1].strip()
    return tex or None


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
    """What a script is put on, in braces where it would else be put on the last character alone."""
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
