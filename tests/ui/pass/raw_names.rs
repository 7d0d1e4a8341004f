//! Raw identifiers: their names are without the `r#`.

use crate::shop::{BROWSE, ProductId, Role, Version};
use secure_api::prelude::*;

#[derive(Resource)]
#[view(PartView, role = Role::Customer, fields(r#type, r#move))]
struct Part {
    r#type: String,
    #[sensitive(Role::Customer)]
    r#move: u32,
}

#[derive(Input)]
struct NewPart {
    #[input(max_len = 9)]
    r#type: String,
}

#[post("/parts/{match}", version = Version::V1.., role = Role::Customer, view = PartView)]
async fn r#move(r#match: Unowned<ProductId>, Json(body): Json<NewPart>) -> Performed<Part> {
    let _ = r#match;
    Performed(Part { r#type: body.r#type, r#move: 1 })
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(r#move))]
struct r#Parts;

#[test]
fn names_are_without_their_marks() {
    let route = Parts::API.routes().next().expect("there is one");
    assert_eq!((route.name, route.parameters), ("move", &["match"][..]));
    let names: Vec<_> = (route.views[0].view.fields)().iter().map(|field| field.name).collect();
    assert_eq!(names, ["type", "move"]);
}
