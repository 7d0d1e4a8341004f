//! Inputs: structs whose fields have the bounds that the document states. What it does not state is left out, which does not
//! compile, unless somebody answered it.

use std::collections::BTreeSet;

use super::{Project, name, text, used::Flavour};
use crate::cli::import::decide::{
    number_text::limits,
    plan::{Bounds, Field, Form, TextRules, Ty},
};

/// The beginning of the rule of a field that leads back to its own type.
const DEPTH: &str = "depth = ";

/// The most entries of a list in a query, where somebody has answered for all lists.
const PARAMETERS: u64 = 100;

/// A type as it is written, with the rules of a field of it.
#[derive(Debug, Default, Clone)]
pub(super) struct Written {
    pub(super) ty: String,
    pub(super) rules: Vec<String>,
    pub(super) notes: BTreeSet<String>,
}

impl Written {
    fn new(ty: impl Into<String>) -> Self {
        Self { ty: ty.into(), ..Self::default() }
    }
}

impl Project<'_> {
    /// Writes an input.
    pub(super) fn input(
        &mut self,
        own: &str,
        about: &str,
        notes: &BTreeSet<String>,
        fields: &[Field],
        flavour: Flavour,
    ) -> String {
        let mut block = text::doc("", about, "What comes in.");
        for note in notes {
            block.push_str(&text::comment("", "//", &format!("{note}.")));
        }
        block.push_str(&format!("#[derive(Input)]\npub(crate) struct {own} {{\n"));
        block.push_str(&self.input_fields(own, fields, flavour, "    ", "pub(crate) "));
        block.push_str("}\n");
        block
    }

    /// Writes the fields of an input.
    pub(super) fn input_fields(
        &mut self,
        own: &str,
        fields: &[Field],
        flavour: Flavour,
        indent: &str,
        visible: &str,
    ) -> String {
        let mut block = String::new();
        let mut names = name::Names::new();
        for field in fields.iter().filter(|field| !field.read_only) {
            let ident = names.take(name::value_name(&field.name, "field"), "");
            // What is JSON has the types of a body.
            let flavour = if field.json { Flavour::Input } else { flavour };
            let mut written = self.written(&field.ty, flavour);
            if ident != field.name {
                written.rules.insert(0, format!("name = {}", text::literal(&field.name)));
            }
            if field.json {
                written.rules.push("json".to_owned());
            }
            if let Some(separator) = field.separated {
                written.rules.push(format!("separated = {}", text::literal(separator)));
            }
            if let Some(reason) = self.allowed(own, &ident, &field.name) {
                // The rule stands before the reason, as `plain_secret: the reason`.
                let (rule, reason) = reason.split_once(": ").unwrap_or(("plain_secret", reason));
                let rule = name::value_name(rule, "plain_secret");
                written.rules.push(format!("allow({rule}, reason = {})", text::literal(reason)));
            }
            let ty = optional(&written.ty, field, flavour);
            block.push_str(&text::doc(
                indent,
                &field.about,
                &format!("The field {}.", text::literal(&field.name)),
            ));
            for note in field.notes.iter().chain(&written.notes) {
                block.push_str(&text::comment(indent, "//", &format!("{note}.")));
            }
            if !written.rules.is_empty() {
                block.push_str(&format!("{indent}#[input({})]\n", written.rules.join(", ")));
            }
            block.push_str(&format!("{indent}{visible}{ident}: {ty},\n"));
        }
        block
    }

    /// Returns a type as an input has it, with its rules.
    pub(super) fn written(&mut self, ty: &Ty, flavour: Flavour) -> Written {
        match ty {
            Ty::Text(rules) => self.text("String", rules, flavour != Flavour::Flat),
            Ty::Secret(rules) => self.text("Secret<String>", rules, false),
            Ty::Typed(name) => Written::new(*name),
            Ty::Shorter(name, most) => {
                let mut written = Written::new(*name);
                written.rules.push(format!("max_len = {most}"));
                written
            }
            Ty::Int(kind, bounds) => self.whole(kind, bounds),
            Ty::NumberText(kind, bounds) => {
                let written = self.whole(kind, bounds);
                Written { ty: format!("NumberText<{kind}>"), ..written }
            }
            Ty::Float(kind, bounds) => self.fraction(kind, bounds),
            Ty::Bool(only) => Written {
                rules: only.iter().map(|truth| format!("one_of = [{truth}]")).collect(),
                ..Written::new("bool")
            },
            Ty::List(inner, fewest, most, unique) => {
                let inside = if flavour == Flavour::Patch { Flavour::Input } else { flavour };
                let inner = self.written(inner, inside);
                let mut written = Written::new(format!("Vec<{}>", inner.ty));
                // Each entry of a list in a query is a parameter, and a request has 256.
                let answered = self.answers.items.map(|most| match flavour {
                    Flavour::Flat => most.min(PARAMETERS),
                    _ => most,
                });
                if let Some(most) = most.or(answered) {
                    written.rules.push(format!("items = {fewest}..={}", most.max(*fewest)));
                }
                if *unique {
                    written.rules.push("unique".to_owned());
                }
                each(&mut written, inner);
                written
            }
            Ty::Map(inner, _) if flavour == Flavour::Upload && **inner == Ty::Free => {
                self.text("String", &TextRules::default(), true)
            }
            Ty::Map(inner, most) => {
                let inside = if flavour == Flavour::Patch { Flavour::Input } else { flavour };
                let inner = self.written(inner, inside);
                let mut written = Written::new(format!("BTreeMap<String, {}>", inner.ty));
                if let Some(most) = most.or(self.answers.items) {
                    written.rules.push(format!("items = 0..={most}"));
                }
                if let Some(most) = self.answers.text {
                    written.rules.push(format!("keys(max_len = {most})"));
                }
                each(&mut written, inner);
                written
            }
            Ty::Nullable(inner) => {
                let mut written = self.written(inner, flavour);
                written.ty = format!("Nullable<{}>", written.ty);
                written
            }
            Ty::Named(id) => self.named(*id, flavour),
            Ty::File if flavour == Flavour::Upload => {
                let mut written = Written::new("UploadedFile");
                if let (Some(bytes), Some(kinds)) = (self.answers.bytes, &self.answers.kinds) {
                    let kinds = kinds
                        .iter()
                        .map(|kind| format!("FileKind::{}", name::type_name(kind, "Png")));
                    let kinds = kinds.collect::<Vec<_>>().join(", ");
                    written.rules.push(format!("max_bytes = {bytes}, kinds = [{kinds}]"));
                }
                written
            }
            Ty::File => self.text("String", &TextRules::default(), false),
            Ty::Free | Ty::FreeObject if flavour == Flavour::Upload => {
                self.text("String", &TextRules::default(), true)
            }
            Ty::FreeObject => Written::new(self.free_object()),
            Ty::Free | Ty::Cannot(_) => {
                self.has_free = true;
                Written::new("FreeValue")
            }
        }
    }

    fn named(&mut self, id: usize, flavour: Flavour) -> Written {
        let plan = self.plan;
        let def = &plan.types[id];
        match &def.form {
            Form::Alias(ty) => return self.written(ty, flavour),
            // In a URL and a header all that it may be is text.
            Form::Union(_) if flavour == Flavour::Flat => {
                return self.text("String", &TextRules::default(), false);
            }
            _ => {}
        }
        let found = [flavour, Flavour::Input, Flavour::Value, Flavour::View];
        let found = found.iter().find_map(|flavour| self.names.get(&(id, *flavour)));
        let Some(name) = found.cloned() else {
            self.has_free = true;
            return Written::new("FreeValue");
        };
        let mut written = Written::new(if def.circular { format!("Box<{name}>") } else { name });
        if let Some(depth) = self.levels(&Ty::Named(id)) {
            written.rules.push(format!("{DEPTH}{depth}"));
        }
        written
    }

    /// Returns a text with its rules. One without a pattern may have several lines, since nothing says that it has one.
    fn text(&self, ty: &str, rules: &TextRules, lines: bool) -> Written {
        let mut written = Written::new(ty);
        if let Some(least) = rules.least.filter(|least| *least > 0) {
            written.rules.push(format!("min_len = {least}"));
        }
        let most = rules.most.or(self.answers.text.map(|most| most.max(rules.least.unwrap_or(0))));
        if let Some(most) = most {
            written.rules.push(format!("max_len = {most}"));
        }
        match &rules.pattern {
            Some(pattern) => written.rules.push(format!("pattern = {}", text::literal(pattern))),
            None if lines => written.rules.push("text".to_owned()),
            None => {}
        }
        if let Some(pattern) = &rules.unread {
            let note = format!(
                "the document has the pattern {}, which is for a `check` of yours",
                text::literal(pattern)
            );
            written.notes.insert(note);
        }
        written
    }

    fn whole(&self, kind: &'static str, bounds: &Bounds<i128>) -> Written {
        let mut written = Written::new(kind);
        if !bounds.listed.is_empty() {
            written.rules.push(format!("one_of = {:?}", bounds.listed));
            return written;
        }
        let (lowest, highest) = limits(kind);
        let answered = self.answers.number.map(|(least, most)| {
            ((least as i128).clamp(lowest, highest), (most as i128).clamp(lowest, highest))
        });
        let least =
            bounds.least.or(answered.map(|(least, _)| least.min(bounds.most.unwrap_or(least))));
        let most = bounds.most.or(answered.map(|(_, most)| most.max(bounds.least.unwrap_or(most))));
        match (least, most) {
            (Some(least), Some(most)) => written.rules.push(format!("range = {least}..={most}")),
            // One end alone is told to have no other one.
            (Some(least), None) => written.rules.push(format!("range = {least}..")),
            (None, Some(most)) => written.rules.push(format!("range = ..={most}")),
            (None, None) => {}
        }
        if let Some(multiple) = bounds.multiple {
            written.rules.push(format!("multiple_of = {multiple}"));
        }
        written
    }

    fn fraction(&self, kind: &'static str, bounds: &Bounds<f64>) -> Written {
        let mut written = Written::new(kind);
        let least = bounds
            .least
            .or(self.answers.number.map(|(least, _)| least.min(bounds.most.unwrap_or(least))));
        let most = bounds
            .most
            .or(self.answers.number.map(|(_, most)| most.max(bounds.least.unwrap_or(most))));
        let equals = if bounds.below { "" } else { "=" };
        match (least, most) {
            (Some(least), Some(most)) => {
                written.rules.push(format!("range = {least:?}..{equals}{most:?}"));
            }
            (Some(least), None) => written.rules.push(format!("range = {least:?}..")),
            (None, Some(most)) => written.rules.push(format!("range = ..{equals}{most:?}")),
            (None, None) => {}
        }
        written
    }
}

/// Adds the rules of items to those of a list. Levels are those of the whole field.
fn each(written: &mut Written, inner: Written) {
    let (levels, rules): (Vec<String>, Vec<String>) =
        inner.rules.into_iter().partition(|rule| rule.starts_with(DEPTH));
    written.rules.extend(levels);
    if !rules.is_empty() {
        written.rules.push(format!("each({})", rules.join(", ")));
    }
    written.notes.extend(inner.notes);
}

/// Returns the type of a field that may be left out, or be null.
fn optional(ty: &str, field: &Field, flavour: Flavour) -> String {
    let bare = ty.strip_prefix("Nullable<").and_then(|rest| rest.strip_suffix('>'));
    match (flavour, field.required, bare) {
        (Flavour::Patch, _, Some(bare)) => format!("Patched<{bare}>"),
        (Flavour::Patch, _, None) | (_, false, None) => format!("Option<{ty}>"),
        (_, false, Some(bare)) => format!("Option<{bare}>"),
        (_, true, _) => ty.to_owned(),
    }
}
