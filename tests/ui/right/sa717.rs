//! A query parameter has one reader. `size` and `cursor` say which page is wanted, and `fields` which members, and
//! an input with such a field would read the same text by other rules: one of the two bounds would not hold. It is
//! checked when the app is built, before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;

#[derive(Input)]
struct Wanted {
    #[input(range = 1..=50)]
    size: Option<u32>,
}

/// Lists products.
#[get("/products", version = Version::V1.., public = "the sandbox is for everybody", view = ProductCard)]
async fn list_products(_wanted: Query<Wanted>, _paging: Paging<u32>) -> Page<Product> {
    Page::new(Vec::new())
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(list_products))]
pub struct Sandbox;

pub(super) fn wrong() -> Result<App, StartError> {
    Sandbox::app().build()
}

pub(super) fn right() -> Result<App, StartError> {
    #[derive(Input)]
    struct Wanted {
        #[input(range = 1..=50)]
        shoe_size: Option<u32>,
    }

    #[get("/products", version = Version::V1.., public = "the sandbox is for everybody", view = ProductCard)]
    async fn list_products(_wanted: Query<Wanted>, _paging: Paging<u32>) -> Page<Product> {
        Page::new(Vec::new())
    }

    #[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(list_products))]
    struct Sandbox;

    Sandbox::app().build()
}
