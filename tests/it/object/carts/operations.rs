//! The operations on carts and what is in them.

use super::*;

#[derive(Input)]
pub(crate) struct Note {
    #[input(text, max_len = 20)]
    note: Option<String>,
}

/// Shows an item.
#[get("/carts/{cart}/items/{item}", version = Version::V1.., role = Role::Customer, view = ItemView)]
pub(crate) async fn show_item(cart: Authorized<Cart>, item: Authorized<Item>) -> Authorized<Item> {
    assert!(item.belongs_to(&cart));
    item
}

/// Adds an item.
#[post("/carts/{cart}/items", version = Version::V1.., role = Role::Customer, view = ItemView)]
pub(crate) async fn add_item(
    cart: Authorized<Cart>,
    caller: Caller<Role>,
    diary: Service<Diary>,
) -> Result<Created<Authorized<Item>>, Denied> {
    diary.0.note("add item".to_owned());
    let (id, owner) = (ItemId(500), caller.id().clone());
    let item = Item { id, cart: cart.id, owner, note: String::new() };
    let item = Authorized::create(item, &caller)?;
    Ok(Created::at::<show_item>((cart.id, id), item))
}

/// Changes an item in the state that was seen. The arguments do not stand in the order of the path.
#[patch("/carts/{cart}/items/{item}", version = Version::V1.., role = Role::Customer, view = ItemView,
        if_match = show_item)]
pub(crate) async fn change_item(
    Patch(note): Patch<Note>,
    item: Authorized<Item>,
    diary: Service<Diary>,
    cart: Authorized<Cart>,
) -> Authorized<Item> {
    assert!(item.belongs_to(&cart));
    diary.0.note("change item".to_owned());
    item.map(|item| Item { note: note.note.unwrap_or_default(), ..item })
}

/// Removes an item.
#[delete("/carts/{cart}/items/{item}", version = Version::V1.., role = Role::Customer)]
pub(crate) async fn remove_item(
    cart: Authorized<Cart>,
    item: Authorized<Item>,
    diary: Service<Diary>,
) -> NoContent {
    drop((cart, item));
    diary.0.note("remove item".to_owned());
    NoContent
}

/// Removes a cart.
#[delete("/carts/{cart}", version = Version::V1.., role = Role::Customer)]
pub(crate) async fn remove_cart(cart: Authorized<Cart>) -> NoContent {
    drop(cart);
    NoContent
}

/// Shows a gift, in a language.
#[get("/carts/{cart}/in/{language}/items/{item}/gifts/{gift}", version = Version::V1.., role = Role::Customer,
      view = GiftView)]
pub(crate) async fn show_gift(
    cart: Authorized<Cart>,
    Unowned(language): Unowned<Language>,
    item: Authorized<Item>,
    gift: Authorized<Gift>,
) -> Authorized<Gift> {
    drop((cart, language, item));
    gift
}

/// Wraps an item as a gift.
#[post("/carts/{cart}/in/{language}/items/{item}/gifts", version = Version::V1.., role = Role::Customer,
       view = GiftView)]
pub(crate) async fn wrap(
    cart: Authorized<Cart>,
    language: Unowned<Language>,
    item: Authorized<Item>,
    caller: Caller<Role>,
) -> Result<Created<Authorized<Gift>>, Denied> {
    let gift = Gift { id: GiftId(600), item: item.id, owner: caller.id().clone() };
    let gift = Authorized::create(gift, &caller)?;
    Ok(Created::at::<show_gift>((cart.id, language.0, item.id, gift.id), gift))
}

/// Compares items wherever they are.
#[get("/items/{one}/compared-to/{other}", version = Version::V1.., role = Role::Customer, view = ItemView,
      allow(unrelated, reason = "any two items can be compared"))]
pub(crate) async fn compare(one: Authorized<Item>, other: Authorized<Item>) -> Authorized<Item> {
    drop(other);
    one
}
