"""A page as a browser's parser sees it: its elements, its links, its forms with what each field would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
RAW = {"script", "style"}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post", "data-unsaved"}


@dataclass
class Element:
    """One element as it was opened, with the text directly in it."""

    tag: str
    attrs: dict[str, str]
    text: str = ""


@dataclass
class Field:
    """One named field of a form: what kind of input it is, what it would send, what it offers."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    longest: int = 0
    checked: bool = False


@dataclass
class Button:
    """One way to send a form; it may send a pair of its own and lead elsewhere."""

    name: str
    value: str
    action: str


@dataclass
class Form:
    """One form of a page."""

    action: str
    method: str
    attrs: dict[str, str]
    fields: list[Field] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)

    def named(self, name: str) -> Field | None:
        """Return the first field of a name."""
        return next((one for one in self.fields if one.name == name), None)

    def standing(self) -> list[tuple[str, str]]:
        """Return what the form would send as it stands, untouched."""
        return [(one.name, one.value) for one in self.fields if one.kind not in {"radio", "checkbox"} or one.checked]


class Page(HTMLParser):
    """A parsed page."""

    def __init__(self, html: str, address: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.elements: list[Element] = []
        self.texts: list[str] = []
        self.forms: list[Form] = []
        self._open: list[Element] = []
        self._form: Form | None = None
        self._field: Field | None = None
        self._choice: tuple[Field, bool] | None = None
        self._in_template = 0
        self._loose: list[tuple[str, Field | Button]] = []
        self.feed(html)
        self.close()
        self._gather_loose()

    @property
    def links(self) -> list[str]:
        """Return where the page's links lead, as they stand, and where its manifest is."""
        led = [one for one in self.elements if one.tag == "a" or one.attrs.get("rel") == "manifest"]
        return [one.attrs["href"] for one in led if "href" in one.attrs]

    @property
    def words(self) -> str:
        """Return everything that can be read on the page, fields included."""
        values = [one.value for form in self.forms for one in form.fields]
        return "\n".join([*self.texts, *values, *(value for one in self.elements for value in one.attrs.values())])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        element = Element(tag, given)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)
        if tag == "template":
            self._in_template += 1
        if self._in_template:
            return
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower(), given)
            self.forms.append(self._form)
        else:
            self._part_of_a_form(tag, given)
            if self._form and "hx-post" in given:
                # A script sends the whole form there; that is one more way to send it.
                self._form.buttons.append(Button("", "", given["hx-post"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._in_template -= 1
        if tag == "form":
            self._form = None
        elif tag in {"textarea", "select"}:
            if self._field and tag == "textarea":
                self._field.value = self._field.value.removeprefix("\n")
            self._field = None
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                break

    def handle_data(self, data: str) -> None:
        if self._field and self._field.kind == "textarea":
            self._field.value += data
        if self._open:
            self._open[-1].text += data
        if not self._open or self._open[-1].tag not in RAW:
            self.texts.append(data)

    def _part_of_a_form(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._field = self._add(Field(name, "textarea", longest=_number(given.get("maxlength"))), given)
        elif tag == "select":
            self._field = self._add(Field(name, "select"), given)
        elif tag == "option" and self._field:
            self._field.options.append(given.get("value", ""))
            if "selected" in given or len(self._field.options) == 1:
                self._field.value = given.get("value", "")
        elif tag == "button" and given.get("type", "submit") == "submit":
            self._button(Button(name, given.get("value", ""), given.get("formaction", "")), given)

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if kind == "submit":
            self._button(Button(name, given.get("value", ""), given.get("formaction", "")), given)
        elif kind not in {"button", "reset"}:
            default = "on" if kind == "checkbox" else ""
            one = Field(name, kind, given.get("value", default), longest=_number(given.get("maxlength")))
            one.checked = "checked" in given
            self._add(one, given)

    def _add(self, one: Field, given: dict[str, str]) -> Field:
        if one.name and "disabled" not in given:
            if "form" in given:
                self._loose.append((given["form"], one))
            elif self._form:
                self._form.fields.append(one)
        return one

    def _button(self, one: Button, given: dict[str, str]) -> None:
        if "form" in given:
            self._loose.append((given["form"], one))
        elif self._form and "disabled" not in given:
            self._form.buttons.append(one)

    def _gather_loose(self) -> None:
        """Fields and buttons may stand outside of the form they name."""
        for name, one in self._loose:
            for form in self.forms:
                if form.attrs.get("id") == name:
                    (form.fields if isinstance(one, Field) else form.buttons).append(one)  # type: ignore[arg-type]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
