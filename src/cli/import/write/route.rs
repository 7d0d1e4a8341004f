//! Routes: handlers with the attribute that says what the document does, and a body that is still to be written.

use std::collections::BTreeSet;

use super::{
    Project, circle,
    key::{self, Keys},
    name, text,
    used::Flavour,
};
use crate::cli::import::decide::{
    plan::{Access, AnswerPlan, BodyPlan, Field, OperationPlan, Piece, Ty},
    reason::Way,
};

/// The most characters of an attribute in one line.
const WIDTH: usize = 110;

/// The reason of what the document lets anybody call.
const PUBLIC: &str = "the document asks for no credentials here";

/// The reason of what may be called with credentials or without.
const OPTIONAL: &str = "the document lets callers without credentials in too";

/// The remark on a 201 of what is found nowhere under a key of its own.
const NOT_CREATED: &str = "The document answers 201 here. A bare list or free JSON has no place of its own, so it is 200.";

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
        if one
            .reasons
            .iter()
            .any(|why| why.text.starts_with("a header field") || why.text.starts_with("a cookie"))
        {
            let ident = names.take("fields".to_owned(), "_of_request");
            arguments.push(format!("secure_api::route::Extractor({ident}): secure_api::route::Extractor<axum::http::HeaderMap>"));
            self.has_extractor = true;
        }
        if let Some(body) = &one.body {
            let ident = names.take("body".to_owned(), "_of_request");
            arguments.push(self.body(body, &ident));
        }
        let (result, view, more) = self.answer(&own, one);
        before.push_str(&more);
        let mut attribute = vec![self.path(one, &parameters)];
        attribute.push(format!("version = Version::{}", self.version_name(one.version)));
        attribute.extend(self.access(one));
        attribute.extend(view.map(|view| format!("view = {view}")));
        if matches!(&one.body, Some(BodyPlan::Bytes(_))) && self.answers.bytes.is_some() {
            attribute.push(format!("body_limit = {}", self.answers.bytes.unwrap_or_default()));
        }
        if let AnswerPlan::Bytes(media) = &one.answer {
            attribute.push(format!("media_type = {}", text::literal(media)));
        }
        if let (AnswerPlan::Events, Some(open)) = (&one.answer, self.answers.open) {
            attribute.push(format!("open = {open}"));
        }
        if one.deprecated {
            attribute.push(format!("deprecated(since = {})", text::literal(&self.day)));
        }
        if !hatches.is_empty() {
            let reason = hatches.into_iter().collect::<Vec<_>>().join("; ");
            attribute.push(format!("allow(extractor, reason = {})", text::literal(&reason)));
        }
        let mut block = before;
        block.push_str(&text::doc("", &one.about, &format!("{} {}.", one.verb, one.path)));
        for note in &one.notes {
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
                let mut keys = vec![match &*roles {
                    [one] => format!("role = {one}"),
                    _ => format!("role = [{}]", roles.join(", ")),
                }];
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
    fn flat(&mut self, own: &str, fields: &[Field], wrapper: &str) -> String {
        let about = match wrapper {
            "Query" => "The parameters of the query.",
            "Headers" => "The header fields.",
            _ => "The cookies.",
        };
        self.input(own, about, &BTreeSet::new(), fields, Flavour::Flat)
    }

    /// Returns the argument of a body.
    fn body(&mut self, body: &BodyPlan, ident: &str) -> String {
        let (wrapper, ty, flavour) = match body {
            BodyPlan::Json(ty) => ("Json", ty, Flavour::Input),
            BodyPlan::Patch(ty) => ("Patch", ty, Flavour::Patch),
            BodyPlan::Form(ty) => ("Form", ty, Flavour::Input),
            BodyPlan::Upload(ty) => ("Upload", ty, Flavour::Upload),
            BodyPlan::Text => return format!("{ident}: PlainText<{}>", self.bytes()),
            BodyPlan::Bytes(_) => return format!("RawBody({ident}): RawBody<{}>", self.bytes()),
            BodyPlan::Extractor => {
                self.has_extractor = true;
                return format!(
                    "secure_api::route::BodyExtractor({ident}): secure_api::route::BodyExtractor<axum::body::Bytes>"
                );
            }
        };
        let ty = match ty {
            Ty::Nullable(inner) => &**inner,
            ty => ty,
        };
        let written = match ty {
            Ty::List(inner, fewest, most, _) => {
                let inner = self.written(inner, flavour).ty;
                format!("Array<{}, {}, {fewest}>", circle::unboxed(&inner), self.most(*most))
            }
            ty => circle::unboxed(&self.written(ty, flavour).ty),
        };
        format!("{wrapper}({ident}): {wrapper}<{written}>")
    }

    /// Returns the result of a handler, its view, and what has to be declared for it.
    fn answer(&mut self, own: &str, one: &OperationPlan) -> (String, Option<String>, String) {
        let mut more = String::new();
        let (result, view) = match &one.answer {
            AnswerPlan::Empty => ("NoContent".to_owned(), None),
            AnswerPlan::Accepted => ("Accepted".to_owned(), None),
            AnswerPlan::Redirect => ("Redirect".to_owned(), None),
            AnswerPlan::Text => (format!("Text<{}>", self.characters()), None),
            AnswerPlan::Bytes(_) => (format!("ByteStream<{}>", self.bytes()), None),
            AnswerPlan::Shown(ty) => {
                let (shown, view) = self.whole_answer(ty);
                // What is no resource says by itself that nothing was created.
                match &*one.verb {
                    "POST" | "DELETE" if !is_bare(&shown) => (format!("Performed<{shown}>"), view),
                    _ => (shown, view),
                }
            }
            AnswerPlan::Created(ty) => {
                let (shown, view) = self.whole_answer(ty);
                if is_bare(&shown) {
                    more.push_str(&text::comment("", "//", NOT_CREATED));
                    (shown, view)
                } else {
                    (format!("Created<{shown}>"), view)
                }
            }
            AnswerPlan::Events | AnswerPlan::Csv | AnswerPlan::Undescribed(_) => {
                let ty = self.types.take(name::type_name(&format!("{own} answer"), "Type"), "Type");
                more.push_str(&self.undescribed(&ty, one));
                more.push('\n');
                let result = match &one.answer {
                    AnswerPlan::Events => format!("Events<{ty}>"),
                    AnswerPlan::Csv => match self.answers.items {
                        Some(most) => format!("Csv<{ty}, {most}>"),
                        None => format!("Csv<{ty}>"),
                    },
                    AnswerPlan::Undescribed(201) => format!("Created<{ty}>"),
                    _ if matches!(&*one.verb, "POST" | "DELETE") => format!("Performed<{ty}>"),
                    _ => ty.clone(),
                };
                (result, Some(format!("{ty}View")))
            }
            AnswerPlan::File(kinds) => {
                let ty = self.types.take(name::type_name(&format!("{own} kinds"), "Type"), "Type");
                let kinds = kinds.iter().map(|kind| format!("FileKind::{kind}"));
                let kinds = kinds.collect::<Vec<_>>().join(", ");
                more.push_str(&format!(
                    include_str!("template/kinds.rs.txt"),
                    kinds = kinds,
                    ty = ty
                ));
                (format!("Download<{ty}>"), None)
            }
        };
        if one.answer_headers.is_empty() {
            return (result, view, more);
        }
        let ty = self.types.take(name::type_name(&format!("{own} headers"), "Type"), "Type");
        let fields =
            one.answer_headers.iter().map(|field| Field { required: false, ..field.clone() });
        let fields: Vec<Field> = fields.collect();
        let block = self
            .flat(&ty, &fields, "Headers")
            .replace("#[derive(Input)]", "#[derive(ResponseHeaders)]");
        more.push_str(&block.replace("#[input(", "#[header("));
        more.push('\n');
        (format!("WithHeaders<{result}, {ty}>"), view, more)
    }

    /// Returns the type of a whole answer, and its view.
    fn whole_answer(&mut self, ty: &Ty) -> (String, Option<String>) {
        match ty {
            Ty::Nullable(inner) => self.whole_answer(inner),
            Ty::List(inner, _, most, _) => {
                let (inner, view) = self.shown(inner);
                (format!("Array<{}, {}>", circle::unboxed(&inner), self.most(*most)), view)
            }
            // A map has no view of its own.
            Ty::Map(..) => (self.free_object(), None),
            ty => {
                let (shown, view) = self.shown(ty);
                (circle::unboxed(&shown), view)
            }
        }
    }
}

/// Returns `true` for what has no name and no place of its own.
fn is_bare(shown: &str) -> bool {
    shown.starts_with("Array<") || matches!(shown, "FreeValue" | "FreeObjectValue")
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
