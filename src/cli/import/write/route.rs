//! Routes: handlers with the attribute that says what the document does, and a body that is still to be written.

use std::collections::BTreeSet;

use super::{
    Project, answer,
    key::{self, Keys},
    name, text,
    used::Flavour,
};
use crate::cli::import::decide::{
    plan::{Access, AnswerPlan, BodyPlan, Field, OperationPlan, Piece},
    reason::{self, Way},
};

/// The most characters of an attribute in one line.
const WIDTH: usize = 110;

/// The reason of what the document lets anybody call.
const PUBLIC: &str = "the document asks for no credentials here";

/// The reason of what may be called with credentials or without.
const OPTIONAL: &str = "the document lets callers without credentials in too";

/// The reason of a DELETE with a body.
const CONTENT: &str = "the document gives this DELETE a body";

/// The remark on the type of a place in a list.
const POSITION: &str =
    "No document tells by what a list is ordered: write the type of that in place of `u64`";

impl Project<'_> {
    /// Writes a route into its room.
    pub(super) fn route(&mut self, one: &OperationPlan, room: &str, keys: &Keys) {
        let label =
            if one.id.is_empty() { format!("{} {}", one.verb, one.path) } else { one.id.clone() };
        let own = self.functions.take(name::value_name(&label, "route"), "_route");
        let mut before = String::new();
        let mut arguments = Vec::new();
        let mut names = name::Names::new();
        let mut parameters = Vec::new();
        for (number, parameter) in one.parameters.iter().enumerate() {
            let ident = names.take(self.parameter_name(parameter), "");
            if let Some(ty) = keys.get(&key::place(one, number)) {
                arguments.push(format!("Unowned({ident}): Unowned<{ty}>"));
            }
            parameters.push(ident);
        }
        for (fields, wrapper) in
            [(&one.query, "Query"), (&one.headers, "Headers"), (&one.cookies, "Cookies")]
        {
            if fields.is_empty() {
                continue;
            }
            let ty = self.types.take(name::type_name(&format!("{own} {wrapper}"), "Type"), "Type");
            before.push_str(&self.flat(&ty, fields, wrapper));
            before.push('\n');
            let ident = names.take(wrapper.to_ascii_lowercase(), "_of_request");
            arguments.push(format!("{wrapper}({ident}): {wrapper}<{ty}>"));
        }
        let hatches: BTreeSet<&str> =
            one.reasons.iter().filter(|why| why.way == Way::Hatch).map(|why| why.text).collect();
        if [&reason::HEADER_LIST, &reason::COOKIE_LIST].iter().any(|why| one.reasons.contains(*why))
        {
            let ident = names.take("fields".to_owned(), "_of_request");
            arguments.push(format!("secure_api::route::Extractor({ident}): secure_api::route::Extractor<axum::http::HeaderMap>"));
            self.has_extractor = true;
        }
        if let Some(body) = &one.body {
            let ident = names.take("body".to_owned(), "_of_request");
            arguments.push(self.body(body, &ident));
        }
        let mut notes = one.notes.clone();
        let (result, view, more) = self.answer(&own, one);
        before.push_str(&more);
        let mut attribute = vec![self.path(one, &parameters)];
        attribute.push(format!("version = Version::{}", self.version_name(one.version)));
        attribute.extend(self.access(one));
        attribute.extend(view.map(|view| format!("view = {view}")));
        if let AnswerPlan::Page(page) = &one.answer {
            attribute.extend(answer::page(page));
            if page.paging {
                let ident = names.take("paging".to_owned(), "_of_request");
                arguments.push(format!("{ident}: Paging<u64>"));
                notes.insert(POSITION.to_owned());
            }
        }
        if let Some(BodyPlan::Bytes(media, _)) = &one.body {
            let media: Vec<String> = media.iter().map(|media| text::literal(media)).collect();
            attribute.push(format!("accepts({})", media.join(", ")));
        }
        if let AnswerPlan::Bytes(media) = &one.answer {
            attribute.push(format!("media_type = {}", text::literal(media)));
        }
        if let Some(by) = &one.links {
            attribute.push(format!("page(array, links = {})", text::literal(by)));
        }
        if let (AnswerPlan::Events(_), Some(open)) = (&one.answer, self.answers.open) {
            attribute.push(format!("open = {open}"));
        }
        if one.deprecated {
            attribute.push(format!("deprecated(since = {})", text::literal(&self.day)));
        }
        let has_content = one.verb == "DELETE" && one.body.is_some();
        let rules = [(has_content, "content"), (!hatches.is_empty(), "extractor")];
        let rules: Vec<&str> = rules.iter().filter(|(is, _)| *is).map(|(_, rule)| *rule).collect();
        if !rules.is_empty() {
            let reasons = has_content.then_some(CONTENT).into_iter().chain(hatches);
            let reason = text::literal(&reasons.collect::<Vec<_>>().join("; "));
            attribute.push(format!("allow({}, reason = {reason})", rules.join(", ")));
        }
        let mut block = before;
        block.push_str(&text::doc("", &one.about, &format!("{} {}.", one.verb, one.path)));
        for note in &notes {
            block.push_str(&text::comment("", "//", &format!("{note}.")));
        }
        let verb = one.verb.to_ascii_lowercase();
        block.push_str(&wrapped(&format!("#[{verb}("), &attribute, ")]\n"));
        let end = format!(") -> {result} {{\n    crate::unwritten()\n}}\n");
        block.push_str(&wrapped(&format!("pub(crate) async fn {own}("), &arguments, &end));
        self.rooms.add_route(room, &own, block);
    }

    /// Returns the path of a route, as a literal.
    fn path(&self, one: &OperationPlan, names: &[String]) -> String {
        let mut path = String::new();
        for segment in &one.segments {
            path.push('/');
            for piece in segment {
                match piece {
                    Piece::Literal(literal) => path.push_str(literal),
                    Piece::Parameter(number) => {
                        let name = names.get(*number).map_or("key", String::as_str);
                        path.push_str(&format!("{{{name}}}"));
                    }
                }
            }
        }
        if one.slash || path.is_empty() {
            path.push('/');
        }
        text::literal(&path)
    }

    /// Returns the keys that say who may call; none where nothing does.
    fn access(&self, one: &OperationPlan) -> Vec<String> {
        match &one.access {
            Access::Open => match &self.answers.role {
                Some(role) => vec![format!("role = Role::{}", name::type_name(role, "Member"))],
                None => Vec::new(),
            },
            Access::Public => vec![format!("public = {}", text::literal(PUBLIC))],
            Access::Optional => vec![format!("public = {}", text::literal(OPTIONAL))],
            Access::Credentials { by, scopes, any } => {
                let roles: Vec<String> =
                    self.roles_of(any).iter().map(|role| format!("Role::{role}")).collect();
                let mut keys = match &*roles {
                    [] => Vec::new(),
                    [one] => vec![format!("role = {one}")],
                    _ => vec![format!("role = [{}]", roles.join(", "))],
                };
                keys.extend(self.by(by));
                let scopes: Vec<String> = scopes.iter().map(|scope| text::literal(scope)).collect();
                match &*scopes {
                    [] => {}
                    [one] => keys.push(format!("scope = {one}")),
                    _ => keys.push(format!("scope = [{}]", scopes.join(", "))),
                }
                keys
            }
        }
    }

    /// Writes the struct of a query, of header fields or of cookies.
    pub(super) fn flat(&mut self, own: &str, fields: &[Field], wrapper: &str) -> String {
        let about = match wrapper {
            "Query" => "The parameters of the query.",
            "Headers" => "The header fields.",
            _ => "The cookies.",
        };
        self.input(own, about, &BTreeSet::new(), fields, Flavour::Flat)
    }
}

/// Writes a list behind what begins it, in one line or in several.
fn wrapped(begin: &str, items: &[String], end: &str) -> String {
    let line = format!("{begin}{}{end}", items.join(", "));
    if line.lines().next().is_none_or(|first| first.chars().count() <= WIDTH) {
        return line;
    }
    let items: String = items.iter().map(|item| format!("    {item},\n")).collect();
    format!("{begin}\n{items}{end}")
}
