//! Unions that come in.

use super::{Project, name, text, used::Flavour};
use crate::cli::import::decide::plan::{Field, Form, Ty, TypeDef, Union};

/// The reason of forms of which one value may be two.
const ORDERED: &str = "the document has forms that one value may be two of, in this order";

impl Project<'_> {
    /// Returns the fields of a form, without the member that tells the forms apart.
    pub(super) fn fields_of(&self, ty: &Ty, tag: &str) -> Option<Vec<Field>> {
        let mut ty = ty;
        for _ in 0..8 {
            let Ty::Named(id) = ty else { return None };
            match &self.plan.types[*id].form {
                Form::Object(fields) => {
                    return Some(
                        fields.iter().filter(|field| field.name != tag).cloned().collect(),
                    );
                }
                Form::Alias(of) => ty = of,
                _ => return None,
            }
        }
        None
    }

    /// Writes a union that comes in.
    pub(super) fn input_union(&mut self, own: &str, def: &TypeDef, union: &Union) -> String {
        let mut names = name::Names::new();
        let mut block = text::doc("", &def.about, "What comes in, in one of several forms.");
        block.push_str("#[derive(Input)]\n");
        block.push_str(&match &union.tag {
            Some(tag) => format!("#[input(tag = {})]\n", text::literal(tag)),
            None if union.ordered => {
                format!("#[input(untagged, ordered, reason = {})]\n", text::literal(ORDERED))
            }
            None => "#[input(untagged)]\n".to_owned(),
        });
        block.push_str(&format!("pub(crate) enum {own} {{\n"));
        for (label, ty) in &union.variants {
            let variant = names.take(name::type_name(label, "Form"), "");
            block.push_str(&text::comment(
                "    ",
                "///",
                &format!("The form {}.", text::literal(label)),
            ));
            match union.tag.as_ref().and_then(|tag| self.fields_of(ty, tag)) {
                Some(fields) => {
                    block.push_str(&format!("    #[input(name = {})]\n", text::literal(label)));
                    let of = format!("{own}::{variant}");
                    let fields = self.input_fields(&of, &fields, Flavour::Input, "        ", "");
                    block.push_str(&match fields.is_empty() {
                        true => format!("    {variant},\n"),
                        false => format!("    {variant} {{\n{fields}    }},\n"),
                    });
                }
                None => {
                    let written = self.written(ty, Flavour::Input);
                    let rules = match written.rules.is_empty() {
                        true => String::new(),
                        false => format!("#[input({})] ", written.rules.join(", ")),
                    };
                    block.push_str(&format!("    {variant}({rules}{}),\n", written.ty));
                }
            }
        }
        block.push_str("}\n");
        block
    }
}
