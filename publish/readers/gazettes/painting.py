"""Paint a page of a PDF and find the characters that a reader does not see: outside the page, covered, invisible, or off.

pdfminer returns every character of the content of a page. A reader of the page does not see all of them: the first half
of a cropped page, the name under the black box, the layer that is switched off. To publish such text is a leak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFObjRef, dict_value, resolve1, stream_value
from pdfminer.psparser import literal_name
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect

from publish.readers.gazettes.visibility import (
    EVERYWHERE,
    Box,
    Canvas,
    Colour,
    Placed,
    Reason,
    common,
    fill_colour,
    is_upright,
    text_of,
)

INVISIBLE_MODES = frozenset({3, 7})
"""Text rendering modes that paint nothing (ISO 32000-2, 9.3.6)."""

MOST_REDACTIONS = 3000
"""Maximum number of areas of a page that are marked for redaction."""


def painted(page: Any, off: Sequence[int]) -> tuple[Any, Counter[Reason], str]:  # noqa: ANN401 - pdfminer objects
    """Return the layout of a page with the visible characters, and the number and text of the others.

    Args:
        page: A page of pdfminer.
        off: Numbers of the objects of optional content that is switched off.
    """
    manager = PDFResourceManager()
    device = _Device(manager, set(off))
    _Interpreter(manager, device).process_page(page)
    return device.get_result(), device.hidden, device.hidden_text


def layers_off(catalog: Any) -> list[int]:  # noqa: ANN401
    """Return the object numbers of the optional content groups that a viewer does not show (ISO 32000-2, 8.11.4.3)."""
    properties = resolve1(catalog.get("OCProperties"))
    if not isinstance(properties, dict):
        return []
    default = resolve1(properties.get("D"))
    default = default if isinstance(default, dict) else {}
    off = set(_numbers(default.get("OFF")))
    state = resolve1(default.get("BaseState"))
    if state is not None and literal_name(state) == "OFF":
        off |= set(_numbers(properties.get("OCGs"))) - set(_numbers(default.get("ON")))
    return sorted(off)


def _numbers(references: Any) -> list[int]:  # noqa: ANN401
    found = resolve1(references)
    return [r.objid for r in found if isinstance(r, PDFObjRef)] if isinstance(found, list) else []


class _Interpreter(PDFPageInterpreter):  # type: ignore[misc]
    """Interpreter that also follows optional content, transparency and clipping."""

    opaque = True
    clip = EVERYWHERE
    device: _Device

    def subinterp(self) -> PDFPageInterpreter:
        inner = super().subinterp()
        if isinstance(inner, _Interpreter):
            inner.opaque, inner.clip = self.opaque, self.clip
        return inner

    def init_state(self, ctm: Any) -> None:  # noqa: ANN401
        super().init_state(ctm)
        self._saved: list[tuple[bool, Box]] = []
        self._show()

    def _show(self) -> None:
        self.device.opaque, self.device.clip = self.opaque, self.clip

    def do_q(self) -> None:
        self._saved.append((self.opaque, self.clip))
        super().do_q()

    def do_Q(self) -> None:  # noqa: N802 - name of the operator
        if self._saved:
            self.opaque, self.clip = self._saved.pop()
            self._show()
        super().do_Q()

    def do_W(self) -> None:  # noqa: N802
        self._clip()
        super().do_W()

    def do_W_a(self) -> None:  # noqa: N802
        self._clip()
        super().do_W_a()

    def _clip(self) -> None:
        """Limit what is painted to the box of the current path (8.5.4)."""
        points = [p for part in self.curpath for p in zip(part[1::2], part[2::2], strict=False)]
        placed = [apply_matrix_pt(self.ctm, (float(x), float(y))) for x, y in points]
        if placed:
            xs, ys = [x for x, _ in placed], [y for _, y in placed]
            self.clip = common(self.clip, (min(xs), min(ys), max(xs), max(ys)))
            self._show()

    def do_gs(self, name: Any) -> None:  # noqa: ANN401
        state = self._resource("ExtGState", name)
        if not isinstance(state, dict):
            return
        alpha, mode = resolve1(state.get("ca")), resolve1(state.get("BM"))
        if mode is not None:
            first = mode[0] if isinstance(mode, list) and mode else mode
            self.opaque = literal_name(first) in {"Normal", "Compatible"}
        if isinstance(alpha, int | float):
            self.opaque = self.opaque and alpha >= 1
        self._show()

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: ANN401, N802
        off = literal_name(tag) == "OC" and self._is_off(
            dict_value(self.resources.get("Properties", {})).get(literal_name(props))
        )
        self.device.layers.append(off)
        super().do_BDC(tag, props)

    def do_BMC(self, tag: Any) -> None:  # noqa: ANN401, N802
        self.device.layers.append(False)
        super().do_BMC(tag)

    def do_EMC(self) -> None:  # noqa: N802
        if self.device.layers:
            self.device.layers.pop()
        super().do_EMC()

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: ANN401, N802
        form = self.xobjmap.get(literal_name(xobjid_arg))
        off = form is not None and self._is_off(stream_value(form).attrs.get("OC"))
        depth = len(self.device.layers)
        self.device.layers.append(off)
        super().do_Do(xobjid_arg)
        # The content of a form can leave marked content open.
        del self.device.layers[depth:]
        self._show()

    def do_sh(self, name: object) -> None:
        self.device.fill(self.device.canvas.page, None, covers=False)
        super().do_sh(name)

    def _resource(self, kind: str, name: Any) -> Any:  # noqa: ANN401
        return resolve1(dict_value(self.resources.get(kind, {})).get(literal_name(name)))

    def _is_off(self, group: Any) -> bool:  # noqa: ANN401
        """Return whether an optional content group, or a membership of groups (8.11.2.2), is switched off."""
        if isinstance(group, PDFObjRef) and group.objid in self.device.off:
            return True
        value = resolve1(group)
        members = value.get("OCGs") if isinstance(value, dict) else None
        single = [members.objid] if isinstance(members, PDFObjRef) else []
        numbers = _numbers(members) or single
        return bool(numbers) and all(number in self.device.off for number in numbers)


class _Device(PDFPageAggregator):  # type: ignore[misc]
    """Device that records in which order characters and areas are painted."""

    def __init__(self, manager: PDFResourceManager, off: set[int]) -> None:
        parameters = LAParams(boxes_flow=None, char_margin=2.5, line_overlap=0.3, all_texts=True)
        super().__init__(manager, laparams=parameters)
        self.off = off
        self.layers: list[bool] = []
        """For each open marked content, whether it is switched off."""
        self.opaque = True
        self.clip = EVERYWHERE
        self.canvas = Canvas(EVERYWHERE)
        self.hidden: Counter[Reason] = Counter()
        self.hidden_text = ""
        self._invisible = False

    def begin_page(self, page: Any, ctm: Any) -> None:  # noqa: ANN401
        super().begin_page(page, ctm)
        media = apply_matrix_rect(ctm, page.mediabox)
        box = common(media, apply_matrix_rect(ctm, page.cropbox))
        # A crop box without a common part with the page is ignored (ISO 32000-2, 14.11.2.1).
        self.canvas = Canvas(box if box[0] < box[2] and box[1] < box[3] else media)
        self.canvas.redacted = [apply_matrix_rect(ctm, marked) for marked in _marked_for_redaction(page)]

    def end_page(self, page: Any) -> None:  # noqa: ANN401
        for area in _covering_annotations(page):
            self.canvas.add_area(apply_matrix_rect(self.ctm, area), None, covers=True)
        self._leave_out()
        super().end_page(page)

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:  # noqa: ANN401
        self._invisible = textstate.render in INVISIBLE_MODES
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, *arguments: Any) -> float:  # noqa: ANN401
        advance: float = super().render_char(*arguments)
        reason: Reason | None = None
        if any(self.layers):
            reason = "in a layer that is switched off"
        elif self._invisible:
            reason = "invisible"
        colour = fill_colour(arguments[-1])
        self.canvas.add_character(Placed(self._last(), self.cur_item), colour, self.clip, reason)
        return advance

    def paint_path(self, gstate: Any, *arguments: Any) -> None:  # noqa: ANN401
        """Paint a path; the arguments are whether it is stroked, filled, filled by the even-odd rule, and its segments."""
        super().paint_path(gstate, *arguments)
        _, fill, _, path = arguments
        shape = "".join(str(part[0]) for part in path)
        # The method of the base class calls this one for each part of a path.
        if fill and shape.startswith("m") and shape.count("m") == 1:
            item = self._last()
            straight = shape.startswith(("mlll", "mlh")) and is_upright(item.pts)
            self.fill(item.bbox, fill_colour(gstate), covers=straight)

    def render_image(self, name: str, stream: Any) -> None:  # noqa: ANN401
        super().render_image(name, stream)
        mask = "SMask" in stream or "Mask" in stream or resolve1(stream.get("ImageMask"))
        self.fill(self.cur_item.bbox, None, covers=not mask)

    def fill(self, box: Box, colour: Colour | None, *, covers: bool) -> None:
        """Record a filled area at this position of the content."""
        if not any(self.layers):
            known = colour if self.opaque else None
            self.canvas.add_area(common(box, self.clip), known, covers=covers and self.opaque)

    def _last(self) -> Any:  # noqa: ANN401
        """Return the layout item that was added last."""
        return self.cur_item._objs[-1]  # noqa: SLF001 - pdfminer has no method for this

    def _leave_out(self) -> None:
        """Remove the characters that a reader does not see from the layout."""
        unseen = list(self.canvas.unseen())
        gone = {id(character.item) for character, _ in unseen}
        for container in {id(c.container): c.container for c, _ in unseen}.values():
            # pdfminer has no method for this.
            container._objs = [item for item in container._objs if id(item) not in gone]  # noqa: SLF001
        self.hidden = Counter(reason for c, reason in unseen if c.item.get_text().strip())
        self.hidden_text = text_of(character for character, _ in unseen)


def _annotations(page: Any, kind: str) -> Iterator[Any]:  # noqa: ANN401
    for reference in resolve1(page.annots) or ():
        annotation = resolve1(reference)
        if isinstance(annotation, dict) and literal_name(resolve1(annotation.get("Subtype"))) == kind:
            yield annotation


def _marked_for_redaction(page: Any) -> list[Box]:  # noqa: ANN401
    """Return the boxes whose content the author marked for removal (ISO 32000-2, 12.5.6.23)."""
    out: list[Box] = []
    for annotation in _annotations(page, "Redact"):
        points = _floats(annotation.get("QuadPoints"))
        quads = [points[k : k + 8] for k in range(0, len(points) - 7, 8)]
        out += [(min(q[::2]), min(q[1::2]), max(q[::2]), max(q[1::2])) for q in quads]
        out += [_rectangle(annotation)] if not quads else []
    return out[:MOST_REDACTIONS]


def _covering_annotations(page: Any) -> Iterator[Box]:  # noqa: ANN401
    """Yield the boxes that opaque squares of an author cover (12.5.6.8)."""
    for annotation in _annotations(page, "Square"):
        alpha = resolve1(annotation.get("CA", 1))
        if _floats(annotation.get("IC")) and isinstance(alpha, int | float) and alpha >= 1:
            yield _rectangle(annotation)


def _rectangle(annotation: Any) -> Box:  # noqa: ANN401
    sides = _floats(annotation.get("Rect"))
    if len(sides) != 4:
        return (0.0, 0.0, 0.0, 0.0)
    return (min(sides[::2]), min(sides[1::2]), max(sides[::2]), max(sides[1::2]))


def _floats(values: Any) -> list[float]:  # noqa: ANN401
    found = resolve1(values)
    numbers = [resolve1(value) for value in found] if isinstance(found, list) else []
    return [float(number) for number in numbers if isinstance(number, int | float)]
