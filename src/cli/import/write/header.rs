//! Header fields of answers: values in the bounds that the document promises, and text of which somebody says how long it may be.

use super::{Project, name, text};
use crate::cli::import::decide::plan::{Field, Ty};

impl Project<'_> {
    /// Writes the struct of the header fields of an answer. No document says that one is always there in a way that others keep to.
    pub(super) fn answer_headers(&mut self, own: &str, fields: &[Field]) -> String {
        let mut block = text::doc("", "The header fields.", "");
        block.push_str(&format!("#[derive(ResponseHeaders)]\npub(crate) struct {own} {{\n"));
        let mut names = name::Names::new();
        for field in fields {
            let ident = names.take(name::value_name(&field.name, "field"), "");
            let mut rules = vec![format!("name = {}", text::literal(&field.name))];
            let ty = match &field.ty {
                Ty::Nullable(inner) => &**inner,
                ty => ty,
            };
            let written = match ty {
                Ty::Text(of) => {
                    let most = of.most.or(self.answers.text);
                    rules.extend(most.map(|most| format!("max_len = {most}")));
                    "String".to_owned()
                }
                ty => self.shown(ty).0,
            };
            let about = format!("The field {}.", text::literal(&field.name));
            block.push_str(&text::doc("    ", &field.about, &about));
            block.push_str(&format!("    #[header({})]\n", rules.join(", ")));
            block.push_str(&format!("    pub(crate) {ident}: Option<{written}>,\n"));
        }
        block.push_str("}\n");
        block
    }
}
