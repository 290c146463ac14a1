"""Samenwerkende Catalogi 4.0: the XML list of products that every municipality publishes; it has names and links, no answers."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.markup import collapse, plain
from bot.knowledge.exchange.origin import Origin
from bot.knowledge.exchange.owms import authority_of
from bot.knowledge.exchange.record import Reading, Record
from bot.knowledge.exchange.sc_fields import AUDIENCES, DCTERMS, LOCATION, OVERHEID, PREFIXES, PRODUCT, XSI, faults_in
from bot.knowledge.exchange.standard import Standard, Written
from bot.knowledge.exchange.telling import Telling
from bot.model.knowledge import WHAT, Link, Product

_SRU_NEXT = "nextRecordPosition"


def read(origin: Origin, telling: Telling) -> Reading:
    """Every scproduct in the file or answer, also those that an SRU answer wraps."""
    root = _parse(origin.content(), origin.where)
    found = list(root.iter(f"{PRODUCT}scproduct"))
    if not found:
        raise ExchangeError(f"{origin.where}: no scproduct in it; give a file in the format Samenwerkende Catalogi 4.0")
    notes = []
    if any(element.tag.endswith(_SRU_NEXT) for element in root.iter()):
        notes.append("the search service has more records; import again with a higher startRecord in the address")
    records = []
    for element in found:
        title, page = _text(element, f"{DCTERMS}title"), _text(element, f"{DCTERMS}identifier")
        other = _other_authority(element, telling)
        if not title or not page:
            notes.append(f"not read: a product without title or identifier ({title or page or 'empty'})")
        elif other:
            notes.append(f'not read: "{title}" belongs to {other}, not to this municipality')
        else:
            records.append(_record(element, title, page, telling))
    return Reading(tuple(records), tuple(notes))


def write(telling: Telling) -> Written:
    """All products that have a UPL name, for one municipality; raises ExchangeError when there is none."""
    if telling.here is None:
        raise ExchangeError("Samenwerkende Catalogi is a list of one municipality; say whose with --municipality")
    label, identifier = authority_of(telling.here, telling.owms)
    for prefix, namespace in PREFIXES.items():
        ElementTree.register_namespace(prefix, namespace[1:-1])
    root = Element(f"{PRODUCT}scproducten", {f"{XSI}schemaLocation": LOCATION})
    notes = []
    for product in telling.products():
        if product.upl_name is None or product.upl_uri is None:
            notes.append(f"not written: {product.id} has no UPL name; add upl: to products/{product.id}.yml when the UPL has one")
        else:
            root.append(_element(product, telling, label, identifier))
    if not len(root):
        raise ExchangeError("no product has a UPL name, so there is nothing to publish; add upl: to the products")
    ElementTree.indent(root)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Written(content + b"\n", len(root), tuple(notes))


def faults(content: bytes) -> tuple[str, ...]:
    """What an exported file breaks of the standard."""
    root = _parse(content, "the export")
    if root.tag != f"{PRODUCT}scproducten":
        return (f"the root is {root.tag}, not scproducten",)
    return tuple(faults_in(root))


def _parse(content: bytes, where: str) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ExchangeError(f"{where}: has a DTD or entities, which are not read because they are not safe; remove them") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ExchangeError(f"{where}: this is not XML ({error}); give the file as the catalogue publishes it") from error
    return root


def _record(element: Element, title: str, page: str, telling: Telling) -> Record:
    upl = element.find(f".//{PRODUCT}uniformeProductnaam")
    ask = element.find(f".//{PRODUCT}aanvraagURL")
    audience = {collapse(item.text or "").lower() for item in element.iter(f"{DCTERMS}audience")}
    product = _text(element, f"{PRODUCT}productID")
    online = _text(element, f"{PRODUCT}onlineAanvragen").lower()
    asked = ask.get("resourceIdentifier") if ask is not None else None
    return Record(
        label=title,
        source=page.split("#", maxsplit=1)[0],
        product=product if product in telling.base.products else None,
        upl_name=collapse(upl.text or "") if upl is not None else None,
        upl_uri=upl.get("resourceIdentifier") if upl is not None else None,
        name=title,
        audience=tuple(ours for ours, theirs in AUDIENCES.items() if theirs in audience),
        summary=_text(element, f"{DCTERMS}abstract") or None,
        apply=Link("online", collapse(ask.text or "") or title, asked) if ask is not None and asked else None,
        online=online or None,
        page=page,
        related=tuple(item.get("resourceIdentifier", "") for item in element.iter(f"{PRODUCT}gerelateerdProduct")),
    )


def _other_authority(element: Element, telling: Telling) -> str | None:
    """Who else publishes this product, when it is surely not the municipality that is being imported."""
    authority = element.find(f".//{OVERHEID}authority")
    theirs = authority.get("resourceIdentifier") if authority is not None else None
    if telling.here is None or authority is None or theirs is None:
        return None
    try:
        ours = authority_of(telling.here, telling.owms)[1]
    except ExchangeError:
        return None
    return None if theirs == ours else collapse(authority.text or theirs)


def _element(product: Product, telling: Telling, label: str, identifier: str) -> Element:
    element = Element(f"{PRODUCT}scproduct", {"owms-version": "4.0"})
    meta = ElementTree.SubElement(element, f"{PRODUCT}meta")
    _core(meta, product, telling, label, identifier)
    mantle = ElementTree.SubElement(meta, f"{PRODUCT}owmsmantel")
    for audience in product.audience:
        _add(mantle, f"{DCTERMS}audience", AUDIENCES[audience], scheme="overheid:Doelgroep")
    _add(mantle, f"{DCTERMS}abstract", plain(telling.said(product, WHAT).own))
    _product_meta(meta, product, telling)
    ElementTree.SubElement(element, f"{PRODUCT}body")
    return element


def _core(meta: Element, product: Product, telling: Telling, label: str, identifier: str) -> None:
    core = ElementTree.SubElement(meta, f"{PRODUCT}owmskern")
    page = telling.page_of(product)
    # Without a page of its own a product still needs an address that no other product has.
    website = f"{telling.here.website if telling.here else ''}#{product.id}"
    where = {"scheme": "overheid:Gemeente", "resourceIdentifier": identifier}
    _add(core, f"{DCTERMS}identifier", (page.link.url if page else None) or website)
    _add(core, f"{DCTERMS}title", product.name)
    _add(core, f"{DCTERMS}language", "nl")
    _add(core, f"{DCTERMS}type", "productbeschrijving", scheme="overheid:Informatietype")
    _add(core, f"{DCTERMS}modified", telling.checked_on(product).isoformat())
    _add(core, f"{DCTERMS}spatial", label, **where)
    _add(core, f"{OVERHEID}authority", label, **where)


def _product_meta(meta: Element, product: Product, telling: Telling) -> None:
    part = ElementTree.SubElement(meta, f"{PRODUCT}scmeta")
    online = telling.online(product)
    _add(part, f"{PRODUCT}productID", product.id)
    _add(part, f"{PRODUCT}onlineAanvragen", "nee" if online is None else "digid" if online.link.digid else "ja")
    if online is not None and online.link.url is not None:
        _add(part, f"{PRODUCT}aanvraagURL", online.link.title, resourceIdentifier=online.link.url)
    _add_upl(part, "uniformeProductnaam", product)
    for other in product.related:
        if other in telling.base.products:
            _add_upl(part, "gerelateerdProduct", telling.base.products[other])


def _add_upl(part: Element, tag: str, product: Product) -> None:
    if product.upl_name is not None and product.upl_uri is not None:
        _add(part, f"{PRODUCT}{tag}", product.upl_name, scheme="overheid:UniformeProductnaam", resourceIdentifier=product.upl_uri)


def _add(parent: Element, tag: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, tag, attributes).text = text


def _text(element: Element, tag: str) -> str:
    found = element.find(f".//{tag}")
    return collapse(found.text or "") if found is not None else ""


STANDARD = Standard("sc", "Samenwerkende Catalogi 4.0 (XML)", read, write, faults)
