//! The answer of success: its views, each with its callers.

mod form;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::openapi::{
    Content, HeaderBuilder, KnownFormat, RefOr, Response, ResponseBuilder, SchemaFormat, Type,
    example::ExampleBuilder,
    schema::{ObjectBuilder, Schema},
};

use self::form::{any_of, example_of_page, map, page};
use super::{
    operation::Parts,
    schema::{described, list, size, text},
};
use crate::{
    inventory::{self, ANONYMOUS, AccessModel, HeaderModel, Operation, ViewModel, Viewers},
    verb::Verb,
    view::{LARGEST_FILE, LONGEST_FRAMING},
};

/// The most characters of rows: what a program can be expected to hold.
const MOST_OF_ROWS: u64 = 2_147_483_647;

/// The most characters of a `Link`: two queries, and what tells of the end of a version.
const MOST_OF_LINKS: u64 = 16_384;

impl<'a> Parts<'a> {
    /// Returns the answer, with what it shows to whom.
    pub(super) fn success(&mut self, operation: &'a Operation) -> Response {
        let views = shown(operation);
        let meaning = match (operation.answer.status, &views[..]) {
            (201, _) => "Created.",
            (202, _) => "Accepted: it is done later.",
            (204, _) if operation.verb.is_safe() => "It is there.",
            (204, _) => "Done.",
            (303, _) => "To be found at another address.",
            (307, _) => "At another address for now.",
            (308, _) => "At another address for good.",
            _ if operation.answer.content == inventory::ContentModel::File => "The file.",
            _ if operation.answer.content == inventory::ContentModel::Events => {
                "Server-sent events, for as long as they last: the data of each is JSON of this schema."
            }
            _ if matches!(operation.answer.content, inventory::ContentModel::Rows(_)) => {
                "Rows (RFC 4180), of which the first names the columns."
            }
            _ if matches!(operation.answer.content, inventory::ContentModel::Text(_)) => {
                "The text."
            }
            _ if matches!(operation.answer.content, inventory::ContentModel::Stream(_)) => {
                "The bytes, while they are made. An answer that ends without its end is not whole."
            }
            _ if matches!(operation.answer.content, inventory::ContentModel::Bytes(_)) => {
                "The bytes."
            }
            _ => "Done, and shown.",
        };
        let mut said = meaning.to_owned();
        for (callers, view) in &views {
            said.push_str(&format!(" For {callers}: `{}`.", view.name));
        }
        if let Some(stated) = self.version.media_type().filter(|_| !operation.answer.is_json()) {
            said.push_str(&format!(" `Accept` states the version: `{stated}`."));
        }
        let mut response = ResponseBuilder::new().description(said);
        // Generated clients take the first that fits, and any answer fits a part, in which no field is required.
        let (mut wholes, mut parts) = (Vec::new(), Vec::new());
        let mut examples = BTreeMap::new();
        for (callers, view) in &views {
            let told = |schema: RefOr<Schema>, more: &str| match views.len() {
                1 => schema,
                _ => described(schema, &format!("For {callers}{more}.")),
            };
            if matches!(operation.answer.content, inventory::ContentModel::Rows(_)) {
                continue;
            }
            let whole = self.view(view);
            let part = operation.offers_fields().then(|| self.schemas.part(&view.schema).into());
            match operation.answer.content {
                inventory::ContentModel::None
                | inventory::ContentModel::File
                | inventory::ContentModel::Text(_)
                | inventory::ContentModel::Bytes(_)
                | inventory::ContentModel::Rows(_)
                | inventory::ContentModel::Stream(_)
                | inventory::ContentModel::Free
                | inventory::ContentModel::Scalar => continue,
                inventory::ContentModel::One
                | inventory::ContentModel::Page
                | inventory::ContentModel::Events
                | inventory::ContentModel::Array(_)
                | inventory::ContentModel::Map(_) => {
                    wholes.push(told(whole, ""));
                    parts.extend(part.map(|part| told(part, ", by `fields`")));
                }
            }
            if let Some(example) = self.example(operation, view) {
                let example =
                    ExampleBuilder::new().summary(format!("For {callers}.")).value(Some(example));
                examples.insert(view.name.clone(), example.build().into());
            }
        }
        wholes.append(&mut parts);
        if !wholes.is_empty() {
            let shown = any_of(wholes);
            // The rows of a page may be of several views: each is shown by its own relation to the caller.
            let mut content = Content::new(Some(match operation.answer.content {
                inventory::ContentModel::Page => page(shown, operation),
                inventory::ContentModel::Array(most) => list(shown, None, size(most)).into(),
                inventory::ContentModel::Map(most) => map(shown, size(most)),
                _ => shown,
            }));
            content.examples = examples;
            let types = match operation.answer.content {
                inventory::ContentModel::Events => vec!["text/event-stream".to_owned()],
                _ => self.version.types_answered(),
            };
            for media in types {
                response = response.content(media, content.clone());
            }
        }
        if let Some(free) = &operation.answer.free {
            let mut content = Content::new(Some(self.schemas.of(free)));
            content.example = self.examples.of(free, "answer");
            for media in self.version.types_answered() {
                response = response.content(media, content.clone());
            }
        }
        if let inventory::ContentModel::Rows(most) = operation.answer.content {
            let names = self.api.names_shown(operation, self.version).join(", ");
            let said = format!(
                "At most {most} rows below the names of the columns, which are those of these that the caller may see: {names}. A text \
                 that could be taken for a formula has ' before it."
            );
            let rows = described(text(0, MOST_OF_ROWS, None, None).into(), &said);
            response = response.content("text/csv", Content::new(Some(rows)));
        }
        // The data of events is that of their views.
        let plain = operation.views.is_empty();
        for media_type in operation.answer.media_types.iter().filter(|_| plain) {
            let schema = match operation.answer.content {
                inventory::ContentModel::Text(most) => text(0, most, None, None).into(),
                inventory::ContentModel::Bytes(most) | inventory::ContentModel::Stream(most) => {
                    bytes(media_type, most)
                }
                _ => bytes(media_type, LARGEST_FILE),
            };
            response = response.content(media_type, Content::new(Some(schema)));
        }
        let file = operation.answer.content == inventory::ContentModel::File;
        let kept = matches!(
            operation.answer.content,
            inventory::ContentModel::Bytes(_)
                | inventory::ContentModel::Stream(_)
                | inventory::ContentModel::Rows(_)
        );
        let location = operation.answer.location;
        let stated = [
            (location, "Location"),
            (!location && operation.is_tagged(), "ETag"),
            (operation.verb == Verb::Query, "Accept-Query"),
            (file, "Accept-Ranges"),
            (file || kept, "Content-Disposition"),
            (operation.idempotency_key, "Idempotency-Replayed"),
            (operation.sets_session(), "Set-Cookie"),
            (operation.sets_session(), "Clear-Site-Data"),
        ];
        let further = stated.iter().filter(|(is, _)| *is).map(|(_, name)| *name);
        let further: Vec<&str> = further.collect();
        let own = self.responses.own_headers(operation);
        let response = self.responses.with_headers(response.build(), &further, &own);
        self.with_handlers(response, operation)
    }

    /// Returns a response with the header fields that are the handler's own.
    fn with_handlers(&mut self, mut response: Response, operation: &'a Operation) -> Response {
        if operation.answer.is_redirect() {
            let said = match &operation.answer.redirects[..] {
                [] => "The address, which is one of this API.".to_owned(),
                hosts => {
                    format!("The address: one of this API, or with https at {}.", hosts.join(", "))
                }
            };
            let header = HeaderBuilder::new().description(Some(said));
            let header = header.schema(Some(text(1, 2048, None, Some("uri-reference"))));
            response.headers.insert("Location".to_owned(), header.build().into());
        }
        if operation.page().links {
            let said = "The next page and the first, by `rel` (RFC 8288): references that are relative to this address.";
            let header = HeaderBuilder::new().description(Some(said));
            let header = header.schema(Some(text(0, MOST_OF_LINKS, None, None)));
            response.headers.insert("Link".to_owned(), header.build().into());
        }
        for HeaderModel { name, description, schema, always } in &operation.answer.headers {
            let mut text = description.trim().to_owned();
            if !always {
                text.push_str(if text.is_empty() {
                    "Not always there."
                } else {
                    " Not always there."
                });
            }
            let header = HeaderBuilder::new().schema(Some(self.schemas.of(schema)));
            let header = match text.is_empty() {
                true => header,
                false => header.description(Some(text)),
            };
            response.headers.insert(name.clone(), header.build().into());
        }
        response
    }

    /// Returns the answer to a caller that asks for a part of a file.
    pub(super) fn part(&mut self, operation: &'a Operation) -> Response {
        let text =
            "The ranges that `Range` asks for: one as it is, several each as a part of its own.";
        let mut response = ResponseBuilder::new().description(text);
        let of_files =
            operation.answer.media_types.iter().map(|kind| (kind.as_str(), LARGEST_FILE));
        let several = ("multipart/byteranges", LARGEST_FILE + LONGEST_FRAMING);
        for (media_type, most) in of_files.chain([several]) {
            response = response.content(media_type, Content::new(Some(bytes(media_type, most))));
        }
        let own = self.responses.own_headers(operation);
        let further = ["ETag", "Accept-Ranges", "Content-Disposition", "Content-Range"];
        let response = self.responses.with_headers(response.build(), &further, &own);
        self.with_handlers(response, operation)
    }

    /// Returns the answer to a caller that has the resource already.
    pub(super) fn unchanged(&mut self, operation: &'a Operation) -> Response {
        let text = "What the caller has already, by the tag in `If-None-Match`.";
        let unchanged = ResponseBuilder::new().description(text).build();
        let own = self.responses.own_headers(operation);
        let unchanged = self.responses.with_headers(unchanged, &["ETag"], &own);
        self.with_handlers(unchanged, operation)
    }

    /// Returns an example of an answer by a view.
    fn example(&mut self, operation: &Operation, view: &'a ViewModel) -> Option<Value> {
        let shown = self.examples.named(&view.schema)?;
        Some(match operation.answer.content {
            inventory::ContentModel::Page => example_of_page(&operation.page(), shown),
            inventory::ContentModel::Array(_) => json!([shown]),
            inventory::ContentModel::Map(_) => json!({ "name": shown }),
            _ => shown,
        })
    }

    /// Returns a view's schema, which says for whom it is.
    fn view(&mut self, view: &'a ViewModel) -> RefOr<Schema> {
        let reference = self.schemas.named(&view.schema);
        let audience = match &view.audience {
            None => json!([ANONYMOUS]),
            Some(roles) => json!(roles),
        };
        self.schemas.extend(&view.schema, "x-view-audience", audience);
        reference.into()
    }
}

/// Returns the views of an operation, each with its callers in words.
fn shown(operation: &Operation) -> Vec<(String, &ViewModel)> {
    let callers = |to: &Viewers| match (to, &operation.access) {
        (Viewers::Owner, _) => "the owner".to_owned(),
        (Viewers::Roles(roles), _) => roles.join(" or "),
        (Viewers::Rest, _) if operation.views.len() > 1 => "everybody else".to_owned(),
        (Viewers::Rest, AccessModel::Roles(roles)) => roles.join(" or "),
        (Viewers::Rest, AccessModel::Public(_)) => "everybody".to_owned(),
    };
    operation.views.iter().map(|arm| (callers(&arm.to), &arm.view)).collect()
}

/// Returns the schema of bytes as they are (OpenAPI 3.1.1, section 4.4.2): what generators of clients know as a file. Their most
/// are octets.
pub(super) fn bytes(media_type: &str, most: u64) -> RefOr<Schema> {
    let mut bytes = ObjectBuilder::new().schema_type(Type::String).build();
    bytes.format = Some(SchemaFormat::KnownFormat(KnownFormat::Binary));
    bytes.content_media_type = media_type.to_owned();
    bytes.max_length = Some(size(most));
    bytes.into()
}
