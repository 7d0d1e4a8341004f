//! The schema of one of several values that no member tells apart.

use utoipa::openapi::{OneOfBuilder, RefOr, Schema, schema::AnyOfBuilder};

use super::{Schemas, value::described};
use crate::inventory::{self, FieldModel};

impl<'a> Schemas<'a> {
    /// Returns `oneOf` where no value fits two of them, and `anyOf` where one may, with the order that decides told.
    pub(super) fn untagged(
        &mut self,
        description: Option<String>,
        ordered: Option<&str>,
        variants: &'a [FieldModel],
        part: bool,
    ) -> Schema {
        let (api, version) = (self.api, self.version);
        let items: Vec<RefOr<Schema>> = variants
            .iter()
            .map(|variant| {
                let item = match &variant.schema {
                    inventory::Schema::Named(id) if part => self.part(id).into(),
                    schema => self.of(schema),
                };
                described(item, &variant.description)
            })
            .collect();
        let apart = |place: usize| {
            let (one, later) = (&variants[place].schema, &variants[place + 1..]);
            later.iter().all(|other| api.are_apart(version, one, &other.schema))
        };
        // Of a part no member has to be there.
        if ordered.is_none() && !part && (0..variants.len()).all(apart) {
            let one_of = OneOfBuilder::new().description(description);
            return items.into_iter().fold(one_of, OneOfBuilder::item).build().into();
        }
        let order = ordered.map(|reason| {
            let names: Vec<_> = variants.iter().map(|variant| &*variant.name).collect();
            format!("The first of these that fits is taken: {}. {reason}", names.join(", "))
        });
        let told: Vec<String> = description.into_iter().chain(order).collect();
        let told = (!told.is_empty()).then(|| told.join("\n\n"));
        let any_of = AnyOfBuilder::new().description(told);
        Schema::AnyOf(items.into_iter().fold(any_of, AnyOfBuilder::item).build())
    }
}
