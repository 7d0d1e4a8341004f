//! Every attribute and derive in a crate that knows `secure-api` by another name, `api`: what they expand to
//! resolves only if all of it goes through `crate = …`.

use api::prelude::*;

/// The name for macros of this crate that others call.
#[doc(hidden)]
pub use api as framework;

/// The roles.
#[derive(Role)]
#[role(crate = ::api)]
pub enum Role {
    /// A caller who orders.
    Customer,
    /// A caller who looks on.
    #[role(includes(Customer))]
    Support,
}

/// The versions.
#[derive(Version)]
#[version(crate = ::api)]
pub enum Version {
    /// The first.
    V1,
    /// The next.
    #[version(preview)]
    V2,
}

/// The number of a shelf.
#[derive(Value, Clone, Copy)]
#[value(range = 1..=99, unowned = "shelves are on public display", crate = ::api)]
pub struct Shelf(u8);

/// A thing on a shelf.
#[derive(Resource)]
#[resource(crate = ::api)]
#[view(Card, public, fields(name, kinds as KindView))]
#[view(Sheet, role = Role::Support, extends = Card, fields(count))]
pub struct Thing {
    name: String,
    count: u32,
    kinds: Kinds,
}

/// The kind of use.
#[derive(Resource)]
#[resource(crate = ::api, tag = "kind")]
#[view(KindView, public, variants(Tool { size }, Toy))]
enum Kind {
    Tool { size: u32 },
    Toy,
}

#[derive(Resource)]
#[resource(transparent, crate = ::api)]
struct Kinds(Vec<Kind>);

/// The input of a new thing.
#[derive(Input)]
#[input(crate = ::api)]
pub struct NewThing {
    #[input(text, max_len = 40)]
    name: String,
    #[input(range = 0..=9)]
    count: u32,
}

/// The errors.
#[derive(ApiError)]
#[problem(crate = ::api)]
pub enum ThingError {
    /// A full shelf.
    #[problem(status = 409, title = "The shelf is full")]
    Full,
}

const OFTEN: Limit = Limit::per_principal(60).per_minute();

/// Shows what is on a shelf.
#[get("/shelves/{shelf}", version = Version::V1.., role = Role::Customer, limit = OFTEN, view = Card, crate = ::api)]
async fn show(Unowned(shelf): Unowned<Shelf>) -> Thing {
    let kinds = Kinds(vec![Kind::Tool { size: 1 }, Kind::Toy]);
    Thing { name: "thing".to_owned(), count: shelf.0.into(), kinds }
}

/// Things by themselves; the crate's name is said once for the module.
#[routes(prefix = "/things", version = Version::V1.., role = Role::Support, crate = ::api)]
mod things {
    use super::*;

    /// Adds a thing.
    #[post("/", view = Sheet)]
    async fn add(Json(body): Json<NewThing>) -> Result<Created<Thing>, ThingError> {
        if body.count == 0 {
            return Err(ThingError::Full);
        }
        let kinds = Kinds(Vec::new());
        Ok(Created::at::<show>(Shelf(1), Thing { name: body.name, count: body.count, kinds }))
    }

    /// Removes all.
    #[delete("/all")]
    async fn clear() -> NoContent {
        NoContent
    }
}

/// Things in a module that states its defaults inside.
pub mod more {
    use api::prelude::*;

    use super::{Card, Role, Thing, Version};

    api::defaults! { version = Version::V1, role = Role::Customer, routes(list), crate = ::api }

    /// Lists things.
    #[get("/more", view = Card, crate = ::api)]
    pub(super) async fn list() -> Page<Thing> {
        Page::new(vec![])
    }
}

/// A route by example: whoever calls it need not know `secure-api` at all.
#[macro_export]
macro_rules! health {
    ($name:ident, $path:literal, $versions:expr) => {
        /// Says that the service is there.
        #[$crate::framework::delete($path, version = $versions, public = "probes have no token",
                                                                    crate = $crate::framework)]
        async fn $name() -> $crate::framework::prelude::NoContent {
            $crate::framework::prelude::NoContent
        }
    };
}

health!(probe, "/probe", Version::V1..);

/// All of it.
#[api(roles = Role, versions = Version, limit = OFTEN, routes(show, things, more, probe), crate = ::api)]
pub struct Things;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_routes_are_there() {
        let paths: Vec<_> = Things::API.routes().map(|route| route.path).collect();
        assert_eq!(paths, ["/shelves/{shelf}", "/things", "/things/all", "/more", "/probe"]);
        let inherited = Things::API.routes().map(|route| route.inherited.access);
        let things = Some("renamed::things");
        assert_eq!(
            inherited.collect::<Vec<_>>(),
            [None, things, things, Some("renamed::more"), None]
        );
    }
}
