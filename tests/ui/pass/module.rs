//! Defaults of modules, in each of their forms, and names that stand for groups of routes.

use crate::shop::{
    BROWSE, Order, OrderDetail, OrderSummary, Product, ProductCard, ProductSheet, Role, Version,
};
use secure_api::{
    inventory::{self, InheritedKey},
    prelude::*,
};

const SELDOM: Limit = Limit::per_principal(6).per_minute();

#[routes(prefix = "/orders", version = Version::V2.., role = Role::Customer, limit = SELDOM)]
mod orders {
    use super::*;

    #[get("/{order}", view = OrderDetail)]
    async fn get(order: Authorized<Order>) -> Authorized<Order> {
        order
    }

    #[delete("/{order}", role = Role::Admin, limit = BROWSE)]
    async fn remove(_order: Authorized<Order>) -> NoContent {
        NoContent
    }

    #[cfg(not(test))]
    #[get("/never", view = OrderDetail)]
    async fn never() -> Nowhere {}

    /// The notes of an order: the module's own keys replace those around it; the prefix goes after.
    #[routes(prefix = "/{order}/note", version = Version::V3)]
    mod note {
        use super::*;

        #[put("/", view = OrderSummary)]
        async fn set(order: Authorized<Order>) -> Authorized<Order> {
            order
        }
    }

    /// Nothing of it is a route.
    mod help {
        pub(super) const NAMES: [&str; 2] = ["{", "#[get]"];
    }

    const _: &str = help::NAMES[0];
}

/// A file would look like this: what is in it states its defaults inside, and lists what is there.
mod products {
    use super::{Product, ProductCard, ProductSheet, Role, Version};
    use secure_api::{get, object::Page, routes};

    secure_api::defaults! {
        version = Version::V1..,
        public = "the catalogue is for everybody",
        routes(list, stock, #[cfg(not(test))] nowhere)
    }

    #[get("/products", view = ProductCard)]
    async fn list() -> Page<Product> {
        Page::new(Vec::new())
    }

    /// The stock: a module in a file with defaults inherits the keys that it omits.
    #[routes(prefix = "/stock", role = Role::Support)]
    mod stock {
        use super::*;

        #[get("/", view = ProductSheet)]
        async fn list() -> Page<Product> {
            Page::new(Vec::new())
        }
    }

    /// A module below says the same as the one it takes all names of, but not that it is open to anybody.
    pub(super) mod below {
        use super::*;
        use secure_api::prelude::*;

        #[delete("/products-below", role = Role::Support)]
        pub(in super::super) async fn clear() -> NoContent {
            NoContent
        }
    }
}

macro_rules! listing {
    ($name:ident, $path:literal) => {
        #[get($path, view = ProductCard)]
        pub(super) async fn $name() -> Page<Product> {
            Page::new(Vec::new())
        }
    };
}

/// Routes that a macro makes take the defaults too, and are named to be listed.
#[routes(version = Version::V1, role = Role::Support, routes(made::first, made::second))]
mod made {
    use super::*;

    listing!(first, "/first");
    listing!(second, "/second");
}

#[api(
    roles = Role,
    versions = Version,
    limit = BROWSE,
    routes(orders, products, products::below::clear, made, #[cfg(not(test))] nowhere)
)]
struct Grouped;

fn paths() -> Vec<(&'static str, &'static str)> {
    Grouped::API
        .routes()
        .map(|route| {
            (route.module.rsplit("::").next().expect("a path has a last segment"), route.path)
        })
        .collect()
}

#[test]
fn a_name_stands_for_all_routes_of_a_module() {
    let expected = [
        ("orders", "/orders/{order}"),
        ("orders", "/orders/{order}"),
        ("note", "/orders/{order}/note"),
        ("products", "/products"),
        ("stock", "/stock"),
        ("below", "/products-below"),
        ("made", "/first"),
        ("made", "/second"),
    ];
    assert_eq!(paths(), expected);
}

#[test]
fn what_a_route_leaves_out_is_that_of_the_innermost_module_that_states_it() {
    let api = Grouped::API;
    let route = |name, module: &str| {
        let found = api.routes().find(|route| route.name == name && route.module.ends_with(module));
        found.expect("a route")
    };
    let versions = |name, module| -> Vec<&str> {
        route(name, module).versions.versions().map(|(_, version)| version.segment).collect()
    };
    assert_eq!(versions("get", "orders"), ["v2", "v3"]);
    assert_eq!(versions("set", "note"), ["v3"]);
    assert_eq!(versions("list", "stock"), ["v1", "v2", "v3"]);
    let who = |name, module| format!("{:?}", route(name, module).access);
    assert_eq!(who("get", "orders"), who("set", "note"));
    assert_ne!(who("get", "orders"), who("remove", "orders"));
    assert!(who("list", "products").contains("the catalogue is for everybody"));
    assert_eq!(versions("clear", "below"), ["v1", "v2", "v3"]);
    assert_eq!(who("clear", "below"), who("list", "stock"));
    assert_eq!(who("list", "stock"), who("first", "made"));
    let limits = |name, module| route(name, module).limits_in(api)[0].limits;
    assert_eq!(limits("set", "note"), [SELDOM]);
    assert_eq!(limits("remove", "orders"), [BROWSE]);
    assert_eq!(limits("list", "products"), [BROWSE]);
}

#[test]
fn the_inventory_names_the_module() {
    let operations = Grouped::API.model().operations;
    let from =
        |key: &str, module: &str| InheritedKey { key: key.to_owned(), module: module.to_owned() };
    let orders = concat!(module_path!(), "::orders");
    let note = concat!(module_path!(), "::orders::note");
    assert_eq!(
        operations[0].inherited,
        [from("version", orders), from("access", orders), from("limit", orders)]
    );
    assert_eq!(operations[1].inherited, [from("version", orders)]);
    assert_eq!(
        operations[2].inherited,
        [from("version", note), from("access", orders), from("limit", orders)]
    );
    let text = inventory::routes(&Grouped::API.model());
    assert!(
        text.contains(&format!("version from {note}, access and limit from {orders}")),
        "{text}"
    );
}
