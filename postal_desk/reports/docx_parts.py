"""The words of WordprocessingML that python-docx has no methods for: grid, fonts, footnotes, page numbers, settings."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from postal_desk.reports.fonts import ROLES, FontRole
from postal_desk.reports.page_style import COLOURS, TextStyle

FOOTNOTE_REFERENCE = "footnoteReference"
_PANOSE_FAMILY = {True: "roman", False: "swiss"}


def twips(points: float) -> str:
    """Points as whole twips, the way WordprocessingML counts."""
    return str(round(points * 20))


def element(name: str, **attributes: object) -> Any:
    """A ``w:`` element with ``w:`` attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def run_properties(style: TextStyle, chinese: bool) -> Any:
    """``w:rPr`` of a text style. Quotes and dashes take the Chinese font in a Chinese document (``w:hint``)."""
    role = ROLES[style.font]
    fonts = element(
        "rFonts", ascii=role.latin[0], hAnsi=role.latin[0], cs=role.latin[0], eastAsia=role.cjk[0]
    )
    if chinese:
        fonts.set(qn("w:hint"), "eastAsia")
    properties = element("rPr")
    properties.append(fonts)
    properties.append(element("b", val=int(style.bold)))
    properties.append(element("i", val=0))
    properties.append(element("color", val=COLOURS[style.colour]))
    if style.spacing:
        properties.append(element("spacing", val=twips(style.spacing)))
    properties.append(element("sz", val=round(style.size * 2)))
    properties.append(element("szCs", val=round(style.size * 2)))
    properties.append(element("lang", val="en-US", eastAsia="zh-CN"))
    return properties


def paragraph_properties(style: TextStyle, *, keep_next: bool = False, outline: int | None = None) -> Any:
    """``w:pPr`` of a text style: exact pitch off the grid, no widow control (the lines of a page are counted)."""
    properties = element("pPr")
    if keep_next:
        properties.append(element("keepNext"))
        properties.append(element("keepLines"))
    properties.append(element("widowControl", val=0))
    for name in ("autoSpaceDE", "autoSpaceDN"):
        properties.append(element(name, val=0))
    properties.append(element("snapToGrid", val=0))
    properties.append(
        element(
            "spacing",
            before=twips(style.before),
            after=twips(style.after),
            line=twips(style.pitch),
            lineRule="exact",
        )
    )
    indent = element("ind", left=0, right=twips(style.right_indent * style.size), firstLine=0)
    if style.indent:
        indent.set(qn("w:firstLineChars"), str(round(style.indent * 100)))
        indent.set(qn("w:firstLine"), twips(style.indent * (style.size + style.spacing)))
    properties.append(indent)
    align = {"justify": "both", "centre": "center"}.get(style.align, style.align)
    properties.append(element("jc", val=align))
    if outline is not None:
        properties.append(element("outlineLvl", val=outline))
    return properties


#: Styles that Word knows by name: headings make the outline, whatever language Word runs in.
_WORDS_OWN = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2", "Heading3": "heading 3"}


def add_style(styles: Any, name: str, style: TextStyle, chinese: bool, **paragraph: Any) -> None:
    """Add (or replace) a paragraph style, based on nothing so that the template's own settings do not shine through."""
    for old in styles.element.findall(qn("w:style")):
        if old.get(qn("w:styleId")) == name:
            styles.element.remove(old)
    own = _WORDS_OWN.get(name)
    made = element("style", type="paragraph", styleId=name)
    if own is None:
        made.set(qn("w:customStyle"), "1")
    made.append(element("name", val=own or name))
    made.append(element("qFormat"))
    made.append(paragraph_properties(style, **paragraph))
    made.append(run_properties(style, chinese))
    styles.element.append(made)


def font_table(package_part: Any) -> None:
    """Write the font table: each font's substitutes, for a machine that lacks it."""
    fonts = "".join(_font(role) for role in ROLES.values())
    latin = {role.latin for role in ROLES.values()}
    fonts += "".join(_font(FontRole(names, names)) for names in sorted(latin))
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    for relation in package_part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = xml.encode()  # the template's own part: python-docx offers no setter
            return
    part = Part(
        PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, xml.encode(), package_part.package
    )
    package_part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _font(role: FontRole) -> str:
    names = role.cjk
    substitutes = escape(", ".join(names[1:]))
    return (
        f'<w:font w:name="{escape(names[0])}"><w:altName w:val="{substitutes}"/>'
        f'<w:family w:val="{_PANOSE_FAMILY[role.serif]}"/></w:font>'
    )


def footnotes_part(document_part: Any, notes: tuple[str, ...], style: TextStyle, chinese: bool) -> None:
    """Add the footnotes, numbered from 1 in the order given; ``w:id`` is the number plus 1."""
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{0}/></w:r>'
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr>{mark.format(kind).replace(_SUPERSCRIPT, "")}</w:p></w:footnote>'
        for number, kind in enumerate(("separator", "continuationSeparator"))
    )
    xml = (
        f"<w:footnotes {nsdecls('w')}>{separators}"
        + "".join(
            f'<w:footnote w:id="{number + 1}"><w:p><w:pPr><w:pStyle w:val="{style_id("footnote")}"/></w:pPr>'
            f'{mark.format("footnoteRef")}<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p>'
            "</w:footnote>"
            for number, text in enumerate(notes, 1)
        )
        + "</w:footnotes>"
    )
    header = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        (header + xml).encode(),
        document_part.package,
    )
    document_part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


_SUPERSCRIPT = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def footnote_mark(number: int) -> Any:
    """The run that refers to a footnote."""
    run = element("r")
    properties = element("rPr")
    properties.append(element("vertAlign", val="superscript"))
    run.append(properties)
    run.append(element(FOOTNOTE_REFERENCE, id=number + 1))
    return run


def style_id(name: str) -> str:
    """The Word style of a text style; headings and title are Word's own, so that navigation works."""
    own = {"title": "Title", "h1": "Heading1", "h2": "Heading2", "h3": "Heading3"}
    return own.get(name, f"Desk{name.title().replace('_', '')}")


def page_number_field() -> list[Any]:
    """The runs of a PAGE field."""
    runs = []
    for kind in ("begin", None, "separate", "text", "end"):
        run = element("r")
        if kind is None:
            instruction = element("instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = " PAGE "
            run.append(instruction)
        elif kind == "text":
            text = element("t")
            text.text = "1"
            run.append(text)
        else:
            run.append(element("fldChar", fldCharType=kind))
        runs.append(run)
    return runs


def compatibility(settings: Any, *, odd_and_even: bool) -> None:
    """Present-day layout rules, and different page numbers for odd and even pages where they are wanted."""
    root = settings.element
    for name in ("compat", "evenAndOddHeaders", "characterSpacingControl", "footnotePr"):
        for old in root.findall(qn(f"w:{name}")):
            root.remove(old)
    space = nsdecls("w")
    word_2013 = 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
    if odd_and_even:
        _insert_setting(root, parse_xml(f"<w:evenAndOddHeaders {space}/>"))
    for xml in (
        f'<w:characterSpacingControl {space} w:val="doNotCompress"/>',
        f'<w:footnotePr {space}><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>',
        f"<w:compat {space}><w:compatSetting {word_2013}/></w:compat>",
    ):
        _insert_setting(root, parse_xml(xml))


#: The order the schema asks for, around what is inserted here.
_SETTINGS = (
    *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
    "doNotDisplayPageBoundaries",
    *("displayBackgroundShape", "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData"),
    *("embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins"),
    *("alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop"),
    *("hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign"),
    *(
        "attachedTemplate",
        "linkStyles",
        "stylePaneFormatFilter",
        "stylePaneSortMethod",
        "documentType",
        "mailMerge",
    ),
    *("revisionView", "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting", "documentProtection"),
    *("autoFormatOverride", "styleLockTheme", "styleLockQFSet", "defaultTabStop", "autoHyphenation"),
    *("consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "showEnvelope", "summaryLength"),
    *(
        "clickAndTypeStyle",
        "defaultTableStyle",
        "evenAndOddHeaders",
        "bookFoldRevPrinting",
        "bookFoldPrinting",
    ),
    *("bookFoldPrintingSheets", "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing"),
    *(
        "displayHorizontalDrawingGridEvery",
        "displayVerticalDrawingGridEvery",
        "doNotUseMarginsForDrawingGridOrigin",
    ),
    *(
        "drawingGridHorizontalOrigin",
        "drawingGridVerticalOrigin",
        "doNotShadeFormData",
        "noPunctuationKerning",
    ),
    *(
        "characterSpacingControl",
        "printTwoOnOne",
        "strictFirstAndLastChars",
        "noLineBreaksAfter",
        "noLineBreaksBefore",
    ),
    *("savePreviewPicture", "doNotValidateAgainstSchema", "saveInvalidXml", "ignoreMixedContent"),
    *("alwaysShowPlaceholderText", "doNotDemarcateInvalidXml", "saveXmlDataOnly", "useXSLTWhenSaving"),
    *("saveThroughXslt", "showXMLTags", "alwaysMergeEmptyNamespace", "updateFields", "hdrShapeDefaults"),
    *("footnotePr", "endnotePr", "compat"),
)


def _insert_setting(root: Any, setting: Any) -> None:
    names = [qn(f"w:{name}") for name in _SETTINGS]
    place = names.index(setting.tag)
    index = 0
    for position, child in enumerate(root):
        if child.tag in names[: place + 1]:
            index = position + 1
    root.insert(index, setting)
