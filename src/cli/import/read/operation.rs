//! The operations of a document, with what they take and answer.

use serde_json::Value;

use super::{
    At, Lost, follow, place,
    security::{self, Alternative, Scheme},
};
use crate::cli::document;

/// The longest URL of a server. A longer one is none that a client could call.
const LONGEST_URL: usize = 8_192;

/// The verb of a path that is not there.
pub(in crate::cli::import) const UNKNOWN_VERB: &str = "*";

/// A document, read.
#[derive(Debug)]
pub(in crate::cli::import) struct Api<'a> {
    /// The document itself, which schemas are looked up in.
    pub(in crate::cli::import) document: &'a Value,
    /// Its title.
    pub(in crate::cli::import) title: &'a str,
    /// Its description.
    pub(in crate::cli::import) about: &'a str,
    /// The path of its first server, without a slash at the end.
    pub(in crate::cli::import) server: String,
    /// The schemes of credentials.
    pub(in crate::cli::import) schemes: Vec<Scheme>,
    /// The operations, in its order.
    pub(in crate::cli::import) operations: Vec<Operation<'a>>,
}

/// An operation.
#[derive(Debug)]
pub(in crate::cli::import) struct Operation<'a> {
    /// The verb, in capitals.
    pub(in crate::cli::import) verb: String,
    /// The path, as it is written.
    pub(in crate::cli::import) path: &'a str,
    /// The path without the query that is written into it, and without its fragment.
    pub(in crate::cli::import) place: &'a str,
    /// The `operationId`.
    pub(in crate::cli::import) id: Option<&'a str>,
    /// The first tag.
    pub(in crate::cli::import) tag: Option<&'a str>,
    /// The summary, or else the description.
    pub(in crate::cli::import) about: &'a str,
    /// `true` if it is deprecated.
    pub(in crate::cli::import) deprecated: bool,
    /// The parameters: those of the path that it does not state anew, and its own.
    pub(in crate::cli::import) parameters: Vec<Parameter<'a>>,
    /// The body.
    pub(in crate::cli::import) body: Option<Body<'a>>,
    /// The answers, by status.
    pub(in crate::cli::import) answers: Vec<Answer<'a>>,
    /// The alternatives of credentials; nothing where the document does not say.
    pub(in crate::cli::import) security: Option<Vec<Alternative>>,
    /// The references that were not followed.
    pub(in crate::cli::import) lost: Vec<Lost>,
}

/// A parameter.
#[derive(Debug, Clone)]
pub(in crate::cli::import) struct Parameter<'a> {
    /// Its name on the wire.
    pub(in crate::cli::import) name: &'a str,
    /// The part of the request that has it: `path`, `query`, `header` or `cookie`.
    pub(in crate::cli::import) part: &'a str,
    /// `true` if it has to be sent.
    pub(in crate::cli::import) required: bool,
    /// The style of lists and objects, if one is stated.
    pub(in crate::cli::import) style: Option<&'a str>,
    /// `true` if each item has a parameter of its own; nothing where it is not stated.
    pub(in crate::cli::import) explode: Option<bool>,
    /// The schema; nothing where there is none.
    pub(in crate::cli::import) schema: Option<At<'a>>,
    /// The media type of its value, where it is a document of its own.
    pub(in crate::cli::import) media: Option<String>,
    /// The description.
    pub(in crate::cli::import) about: &'a str,
}

/// A body, by its media types.
#[derive(Debug)]
pub(in crate::cli::import) struct Body<'a> {
    /// The media types, each with its schema.
    pub(in crate::cli::import) content: Vec<Content<'a>>,
    /// `true` if it has to be there, `None` where nothing says it; many documents do not say it.
    pub(in crate::cli::import) required: Option<bool>,
}

/// A media type with its schema.
#[derive(Debug, Clone)]
pub(in crate::cli::import) struct Content<'a> {
    /// The media type in lower case, without parameters.
    pub(in crate::cli::import) media: String,
    /// The schema, if there is one.
    pub(in crate::cli::import) schema: Option<At<'a>>,
}

/// An answer.
#[derive(Debug)]
pub(in crate::cli::import) struct Answer<'a> {
    /// The status as it is written, as `200`, `2XX` or `default`.
    pub(in crate::cli::import) status: &'a str,
    /// The media types, each with its schema.
    pub(in crate::cli::import) content: Vec<Content<'a>>,
    /// The header fields that it names, each with its schema.
    pub(in crate::cli::import) headers: Vec<(&'a str, bool, Option<At<'a>>)>,
}

/// Reads a document.
pub(in crate::cli::import) fn api(document: &Value) -> Api<'_> {
    let text = |member: &str| {
        let info = document.get("info");
        info.and_then(|info| info.get(member)).and_then(Value::as_str).unwrap_or_default()
    };
    let operations = document::operations(document).into_iter();
    Api {
        document,
        title: text("title"),
        about: text("description"),
        server: server(document),
        schemes: security::schemes(document),
        operations: operations.map(|one| operation(document, one)).chain(lost(document)).collect(),
    }
}

/// Returns the path of the first server, with its variables as their defaults have them.
fn server(document: &Value) -> String {
    let Some(server) = document.pointer("/servers/0") else { return String::new() };
    let url = filled(server.get("url").and_then(Value::as_str).unwrap_or_default(), server);
    // Behind two slashes is a host, with a scheme before them or without one.
    let path = match url.split_once("://").or(url.strip_prefix("//").map(|rest| ("", rest))) {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => &url,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// Returns a URL with the defaults of its variables. What a default has in braces is no variable.
fn filled(mut rest: &str, server: &Value) -> String {
    let mut url = String::new();
    while let Some((before, (name, behind))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        url.push_str(before);
        let variable = server.get("variables").and_then(|variables| variables.get(name));
        let default = variable.and_then(|variable| variable.get("default")?.as_str());
        match default {
            Some(default) => url.push_str(default),
            None => url.push_str(&format!("{{{name}}}")),
        }
        if url.len() > LONGEST_URL {
            return String::new();
        }
        rest = behind;
    }
    url + rest
}

fn operation<'a>(document: &'a Value, operation: document::DocumentOperation<'a>) -> Operation<'a> {
    let document::DocumentOperation { verb, path, place, path_place, value, item, beside } =
        operation;
    let at = At { value, place };
    let mut lost = Vec::new();
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    let beside = beside.into_iter().map(|(value, place)| At { value, place });
    let owners = beside.chain([At { value: item, place: path_place }, at.clone()]);
    for owner in owners {
        for one in owner.member("parameters").iter().flat_map(At::items) {
            match follow(document, &one) {
                Ok(one) => add(&mut parameters, &one),
                Err(why) => lost.push(why),
            }
        }
    }
    let body = at.member("requestBody").and_then(|body| match follow(document, &body) {
        Ok(body) => Some(Body {
            content: content(&body),
            required: body.value.get("required").and_then(Value::as_bool),
        }),
        Err(why) => {
            lost.push(why);
            None
        }
    });
    let without_query = place::of(path, &mut parameters);
    let mut answers = Vec::new();
    for (status, answer) in at.member("responses").iter().flat_map(At::members) {
        match follow(document, &answer) {
            Ok(answer) => answers.push(self::answer(document, status, &answer)),
            Err(why) => lost.push(why),
        }
    }
    let tags = at.member("tags").and_then(|tags| tags.items().next());
    Operation {
        verb,
        path,
        place: without_query,
        id: at.text("operationId"),
        tag: tags.and_then(|tag| tag.value.as_str()),
        about: at.text("summary").or(at.text("description")).unwrap_or_default(),
        deprecated: at.flag("deprecated"),
        parameters,
        body,
        answers,
        security: security::alternatives(document, at.value),
        lost,
    }
}

/// Returns the paths whose references lead nowhere or elsewhere, each as one operation: nobody knows its verbs.
fn lost(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.filter(|(path, _)| path.starts_with('/')).filter_map(|(path, value)| {
        let why = follow(document, &At { value, place: String::new() }).err()?;
        Some(Operation {
            verb: UNKNOWN_VERB.to_owned(),
            path,
            place: path,
            id: None,
            tag: None,
            about: "",
            deprecated: false,
            parameters: Vec::new(),
            body: None,
            answers: Vec::new(),
            security: None,
            lost: vec![why],
        })
    })
}

/// Adds a parameter in the place of one of its name, which the path stated.
fn add<'a>(parameters: &mut Vec<Parameter<'a>>, at: &At<'a>) {
    let (Some(name), Some(part)) = (at.text("name"), at.text("in")) else { return };
    let content = content(at);
    let parameter = Parameter {
        name,
        part,
        required: at.flag("required"),
        style: at.text("style"),
        explode: at.value.get("explode").and_then(Value::as_bool),
        media: content.first().map(|one| one.media.clone()),
        schema: at.member("schema").or(content.into_iter().next().and_then(|one| one.schema)),
        about: at.text("description").unwrap_or_default(),
    };
    match parameters.iter_mut().find(|other| other.name == name && other.part == part) {
        Some(other) => *other = parameter,
        None => parameters.push(parameter),
    }
}

fn content<'a>(at: &At<'a>) -> Vec<Content<'a>> {
    let content = at.member("content");
    let content = content.iter().flat_map(At::members).map(|(media, of)| Content {
        media: media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase(),
        schema: of.member("schema"),
    });
    content.collect()
}

fn answer<'a>(document: &'a Value, status: &'a str, at: &At<'a>) -> Answer<'a> {
    let headers = at.member("headers");
    let headers = headers.iter().flat_map(At::members).filter_map(|(name, of)| {
        let of = follow(document, &of).ok()?;
        Some((name, of.flag("required"), of.member("schema")))
    });
    Answer { status, content: content(at), headers: headers.collect() }
}
