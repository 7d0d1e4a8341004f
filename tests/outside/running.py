"""Calls the running shop by the client that openapi-python-client makes of its first document, as a customer. With `v1` replaced it
is the program of another version.

    TOKEN=… python running_v1.py ORIGIN   in a folder with that client, `shop_v1`
"""

import os
import sys

from shop_v1 import AuthenticatedClient
from shop_v1.api.orders import create_order, get_order, withdraw_order
from shop_v1.api.price_list import price_list
from shop_v1.api.products import list_products
from shop_v1.models import (
    ListProductsResponse200,
    NewItem,
    NewOrder,
    OrderDetail,
    OrderDetailStatus,
    Problem,
    ProductCard,
)
from shop_v1.types import UNSET, Unset


def expect(what: str, value: object, wanted: object) -> None:
    if value != wanted:
        raise SystemExit(f"{what}: {value!r} and not {wanted!r}")


def refused(what: str, answer: object, status: int) -> Problem:
    if not isinstance(answer, Problem):
        raise SystemExit(f"{what}: {answer!r} is no problem")
    expect(what, answer.status, status)
    return answer


client = AuthenticatedClient(base_url=sys.argv[1], token=os.environ["TOKEN"])

# Page by page, until there is no next one.
skus: list[str] = []
cursor: str | Unset = UNSET
pages = 0
while pages < 10:
    page = list_products.sync(client=client, size=2, cursor=cursor)
    assert isinstance(page, ListProductsResponse200), page
    for product in page.items:
        assert isinstance(product, ProductCard), product
        skus.append(product.sku)
    cursor, pages = page.next_, pages + 1
    if isinstance(cursor, Unset):
        break
expect("the pages", pages, 3)
expect("the catalogue", skus, ["KETTLE-1L", "MUG-BLUE", "TEA-BLACK", "TEA-GREEN", "TEAPOT-RED"])

order = NewOrder(customer_email="bob@example.com", items=[NewItem(sku="TEA-GREEN", qty=2)])
placed = create_order.sync_detailed(client=client, body=order)
expect("the status", placed.status_code, 201)
assert isinstance(placed.parsed, OrderDetail), placed.parsed
key = placed.parsed.id
shown = get_order.sync(key, client=client)
assert isinstance(shown, OrderDetail), shown
expect("the total", shown.total, 2580)
expect("the state", shown.status, OrderDetailStatus.PLACED)
expect("what is withdrawn", withdraw_order.sync_detailed(key, client=client).status_code, 204)

# Refusals are problems with types: of a role, of an input with the place of the mistake, of an object.
refused("a role", price_list.sync(client=client), 403)
empty = NewOrder(customer_email="bob@example.com", items=[])
problem = refused("an input", create_order.sync(client=client, body=empty), 422)
assert not isinstance(problem.errors, Unset), problem
expect("where", problem.errors[0].pointer, "/items")
refused("an object", get_order.sync(key, client=client), 404)
print("openapi-python-client calls version v1 of the running shop")
