//! Header fields of answers: values in the bounds that the document promises, and text of which somebody says how long it may be.

use super::{Project, name, text};
use crate::cli::import::decide::plan::{Field, Ty};

/// The most characters of a header field.
const LONGEST_HEADER: u64 = 1024;

impl Project<'_> {
    /// Writes the header fields of an answer. What the document promises of one is a value, as in a view.
    pub(super) fn answer_headers(&mut self, own: &str, fields: &[Field]) -> String {
        let mut block = format!(
            "/// The header fields.\n#[derive(ResponseHeaders)]\npub(crate) struct {own} {{\n"
        );
        let mut names = name::Names::new();
        for field in fields {
            let ident = names.take(name::value_name(&field.name, "field"), "");
            let ty = match &field.ty {
                Ty::Nullable(inner) => self.shown(inner).0,
                ty => self.shown(ty).0,
            };
            let most = self.answers.text.filter(|_| ty == "String");
            let most = most
                .map_or(String::new(), |most| format!(", max_len = {}", most.min(LONGEST_HEADER)));
            let about = format!("The field {}.", text::literal(&field.name));
            block.push_str(&text::doc("    ", &field.about, &about));
            let name = text::literal(&field.name);
            block.push_str(&format!("    #[header(name = {name}{most})]\n"));
            block.push_str(&format!("    pub(crate) {ident}: Option<{ty}>,\n"));
        }
        block.push_str("}\n");
        block
    }
}
