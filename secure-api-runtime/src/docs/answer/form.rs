//! The forms that content has: one of a few, and a page.

use serde_json::{Value, json};
use utoipa::openapi::{
    RefOr, Type,
    schema::{AdditionalProperties, AnyOfBuilder, ObjectBuilder, Schema},
};

use crate::{
    docs::{
        parameter::cursor,
        schema::{described, integer, list},
    },
    inventory::{Operation, PageModel},
    object::Page,
};

/// Returns the schema of what fits one of these. Not `oneOf`: two views may have the same fields, and then both fit.
pub(super) fn any_of(mut alternatives: Vec<RefOr<Schema>>) -> RefOr<Schema> {
    match alternatives.pop() {
        Some(only) if alternatives.is_empty() => only,
        last => {
            let all = alternatives.into_iter().chain(last);
            all.fold(AnyOfBuilder::new(), AnyOfBuilder::item).into()
        }
    }
}

/// Returns the schema of a map of at most so many, each under a name of its own.
pub(super) fn map(value: RefOr<Schema>, most: usize) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::RefOr(value)))
        .max_properties(Some(most))
        .into()
}

/// Returns the schema of a page in the form that its operation states.
pub(super) fn page(item: RefOr<Schema>, operation: &Operation) -> RefOr<Schema> {
    let PageModel { items: named, total, next, .. } = operation.page();
    let items = list(item, None, Page::<()>::MOST);
    let Some(named) = named else { return items.into() };
    let mut page = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property(&named, items)
        .required(named)
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    if let Some(next) = next.filter(|_| operation.is_paged()) {
        let text = "The `cursor` of the next page. It is not there on the last one.";
        page = page.property(next, described(cursor(), text));
    }
    if let Some(total) = total {
        let number = integer(0, u64::MAX.into());
        page = page
            .property(&total, described(number.into(), "The number of items on all pages."))
            .required(total);
    }
    page.into()
}

/// Returns the example of a page that shows this.
pub(super) fn example_of_page(PageModel { items, total, .. }: &PageModel, shown: Value) -> Value {
    let Some(items) = items else { return json!([shown]) };
    let mut page = serde_json::Map::from_iter([(items.clone(), json!([shown]))]);
    page.extend(total.clone().map(|name| (name, json!(1))));
    page.into()
}
