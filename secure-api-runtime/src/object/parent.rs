//! Relations between the objects of a path: a path that names two is valid only if one belongs to the other.

use super::Object;
use crate::error::{Problem, problem};

/// The relation of an object to the one before it in a path: `/carts/{cart}/items/{item}`.
///
/// Where a path names several objects, each has to say this of the one before it. It is asked once both are loaded
/// and permitted, and before the handler runs. An object that does not belong there is answered as one that does not
/// exist: 404, the same bytes. Otherwise the address of one cart would open the items of all others.
///
/// It is asked of loaded objects, so nothing is loaded twice: compare what the object knows of its parent.
///
/// ```
/// # mod app {
/// # use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Value, Clone, Copy, PartialEq)] #[value(key)] pub struct CartId(uuid::Uuid);
/// # #[derive(Value, Clone, Copy, PartialEq)] #[value(key)] pub struct ItemId(uuid::Uuid);
/// # pub struct Db;
/// # impl Store for Db {
/// #     type Read = Self; type Write = Self;
/// #     fn reader(&self) -> &Self { self }
/// #     fn writer(&self, _: &Writing) -> &Self { self }
/// # }
/// # pub struct Cart { id: CartId, owner: CallerId }
/// # #[derive(Resource)] #[view(ItemView, role = Role::Member, fields(name))]
/// # pub struct Item { cart: CartId, owner: CallerId, name: String }
/// # impl Object for Cart {
/// #     type Key = CartId; type Store = Db; type Roles = Role; type Scope = ();
/// #     async fn load(_: &Reader<Db>, _: CartId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
/// #     fn permits(&self, caller: &Caller<Role>, _: Action) -> bool { self.owner == *caller.id() }
/// #     fn scope(_: &Caller<Role>) {}
/// # }
/// # impl Object for Item {
/// #     type Key = ItemId; type Store = Db; type Roles = Role; type Scope = ();
/// #     async fn load(_: &Reader<Db>, _: ItemId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
/// #     fn permits(&self, caller: &Caller<Role>, _: Action) -> bool { self.owner == *caller.id() }
/// #     fn scope(_: &Caller<Role>) {}
/// # }
/// impl BelongsTo<Cart> for Item {
///     fn belongs_to(&self, cart: &Cart) -> bool {
///         self.cart == cart.id
///     }
/// }
///
/// /// Shows an item of a cart.
/// #[get("/carts/{cart}/items/{item}", version = Version::V1.., role = Role::Member, view = ItemView)]
/// pub async fn get_item(cart: Authorized<Cart>, item: Authorized<Item>) -> Authorized<Item> {
///     assert!(item.belongs_to(&cart));
///     item
/// }
/// # }
/// ```
pub trait BelongsTo<Parent: Object>: Object {
    /// Returns `true` if it belongs to this parent.
    fn belongs_to(&self, parent: &Parent) -> bool;
}

/// The placeholder for the object of a parameter that names none.
#[derive(Debug, Clone, Copy)]
pub struct Nobodys;

/// The object that a parameter proves below those before it in the path. Generated code asks it.
#[diagnostic::on_unimplemented(
    message = "SA123: nothing says how `{Self}` belongs to `{Outer}`, which stands before it in the path",
    label = "may be another one's",
    note = "write `impl BelongsTo<{Outer}> for {Self}`, or say why there is no such relation: `allow(unrelated, reason = \"…\")`"
)]
pub trait Below<Outer> {
    /// Refuses what is somewhere else.
    ///
    /// # Errors
    ///
    /// 404, as where it does not exist.
    #[doc(hidden)]
    fn below(&self, outer: &Outer) -> Result<(), Problem>;
}

#[diagnostic::do_not_recommend]
impl<Outer> Below<Outer> for Nobodys {
    fn below(&self, _outer: &Outer) -> Result<(), Problem> {
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Object> Below<Nobodys> for T {
    fn below(&self, _outer: &Nobodys) -> Result<(), Problem> {
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<Parent: Object, T: BelongsTo<Parent>> Below<Parent> for T {
    fn below(&self, outer: &Parent) -> Result<(), Problem> {
        if self.belongs_to(outer) {
            return Ok(());
        }
        Err(Problem::new(&problem::NOT_FOUND)
            .because("the object does not belong to the one before it in the path"))
    }
}

/// The object that the next parameter has to belong to. Generated code asks it.
pub trait Nearest<Outer> {
    /// The parameter's own object or, if it names none, the one before.
    type Object;

    /// Returns that object.
    fn nearest<'a>(&'a self, outer: &'a Outer) -> &'a Self::Object;
}

impl<Outer> Nearest<Outer> for Nobodys {
    type Object = Outer;

    fn nearest<'a>(&'a self, outer: &'a Outer) -> &'a Outer {
        outer
    }
}

impl<Outer, T: Object> Nearest<Outer> for T {
    type Object = T;

    fn nearest<'a>(&'a self, _outer: &'a Outer) -> &'a T {
        self
    }
}
