//! Uploads: files that are too large, of another kind than they say, under hostile names, too many or not there.

use serde_json::Value;

use super::{
    Check,
    crossing::crossings,
    draft::{By, Content, Draft, Part, Persona},
    flat::{is_read_alike, pairs},
    inputs::is_refused,
    parts,
    world::World,
};
use crate::inventory::{ApiModel, FieldModel, Schema};

/// Larger files than these are not made.
const MOST: u64 = 16 * 1024 * 1024;

/// The upload of more parts than anybody reads.
const MANY: &str = "500 parts";

pub(super) async fn check(
    world: &World,
    draft: &Draft<'_>,
    schema: &str,
    caller: Option<&Persona>,
) {
    let target = draft.target;
    let Content::Parts(all) = &draft.content else { return };
    let by = By::from(caller.cloned());
    if let Some(lacks) = &draft.lacks {
        world.untested(Check::Uploads, target, lacks);
        return;
    }
    let plainly = world.send(draft, &by).await;
    if is_refused(&plainly) {
        world.untested(Check::Uploads, target, "the upload made of its rules is refused");
        return;
    }
    let mut wrong = whole(all);
    let version = world.model.place(&target.version.segment).unwrap_or_default();
    for field in
        world.model.fields(schema).iter().filter(|field| world.model.has_field(version, field))
    {
        match file_of(&field.schema) {
            Some(file) => wrong.extend(file_parts(all, field, file)),
            None => {
                for (bound, value) in crossings(&world.model, version, &field.schema, &field.name) {
                    let parts = text_parts(&world.model, field, &value);
                    // A list without items is none that is sent.
                    if (parts.is_empty() && !field.required)
                        || !is_read_alike(&field.schema, &value)
                    {
                        continue;
                    }
                    wrong.push((
                        format!("{} with the bound {bound:?} crossed", field.name),
                        with(all, &field.name, &parts),
                    ));
                }
            }
        }
    }
    for (what, content) in wrong {
        let reply = world.send(&Draft { content, ..draft.clone() }, &by).await;
        let good = match what.as_str() {
            // Where the fields are small, so many parts are more than their body may have.
            MANY => matches!(reply.status(), 400 | 413),
            _ => is_refused(&reply) || matches!(reply.status(), 413 | 415),
        };
        let why = format!("an upload was expected to be refused: {what}");
        world.judge(Check::Uploads, target, good, (&why, &reply));
    }
}

/// A file as its field describes it: the most bytes, the media types, and the most of them.
struct File<'a> {
    max_bytes: u64,
    media_types: &'a [String],
    most: Option<u64>,
}

fn file_of(schema: &Schema) -> Option<File<'_>> {
    match schema {
        Schema::File { max_bytes, media_types } => {
            Some(File { max_bytes: *max_bytes, media_types, most: None })
        }
        Schema::List { item, max_items, .. } => {
            file_of(item).map(|file| File { most: Some(*max_items), ..file })
        }
        Schema::Ruled(inner, _) | Schema::Nullable(inner) => file_of(inner),
        _ => None,
    }
}

/// Returns the parts that a field has in an upload that is well-formed; none where no such file is known.
pub(super) fn sample_parts(
    model: &ApiModel,
    field: &FieldModel,
    example: Option<Value>,
) -> Option<Vec<Part>> {
    let name = field.name.clone();
    match file_of(&field.schema) {
        Some(File { media_types, .. }) => {
            let media = media_types.first()?;
            let file = Some((parts::name(media).to_owned(), media.clone()));
            Some(vec![Part { field: name, file, content: parts::sample(media, 0)? }])
        }
        None => Some(text_parts(model, field, &example?)),
    }
}

/// Returns the parts of a text, or of a list of texts.
fn text_parts(model: &ApiModel, field: &FieldModel, value: &Value) -> Vec<Part> {
    let parts = pairs(model, &field.schema, &field.name, value).into_iter();
    parts.map(|(field, text)| Part { field, file: None, content: text.into_bytes() }).collect()
}

/// Returns the upload with parts in the place of those of their field.
fn with(all: &[Part], field: &str, parts: &[Part]) -> Content {
    let others = all.iter().filter(|other| other.field != field);
    Content::Parts(others.chain(parts).cloned().collect())
}

/// Returns uploads whose form is wrong.
fn whole(all: &[Part]) -> Vec<(String, Content)> {
    let body = parts::written(all);
    let torn = body[..body.len().saturating_sub(12)].to_vec();
    let bytes = |media: &'static str, bytes| Content::Bytes(Some(media.into()), bytes);
    let more = |count: usize| {
        let part = Part { field: "verify_unknown".to_owned(), file: None, content: b"1".to_vec() };
        Content::Parts(all.iter().cloned().chain(vec![part; count]).collect())
    };
    vec![
        ("no boundary".to_owned(), bytes("multipart/form-data", body)),
        ("a torn body".to_owned(), bytes(parts::TYPE, torn)),
        ("a part that is not declared".to_owned(), more(1)),
        (MANY.to_owned(), more(500)),
    ]
}

/// Returns uploads whose file in one field is wrong.
fn file_parts(all: &[Part], field: &FieldModel, file: File<'_>) -> Vec<(String, Content)> {
    let Some(own) = all.iter().find(|part| part.field == field.name) else { return Vec::new() };
    let Some((name, media)) = &own.file else { return Vec::new() };
    let mut wrong = Vec::new();
    let mut add = |what: String, content| wrong.push((format!("{}, {what}", field.name), content));
    let of = |name: &str, media: &str, content: &[u8]| {
        let file = Some((name.to_owned(), media.to_owned()));
        let part = Part { field: field.name.clone(), file, content: content.to_vec() };
        with(all, &field.name, &[part])
    };
    if file.max_bytes < MOST
        && let Some(large) =
            parts::sample(media, usize::try_from(file.max_bytes + 1).unwrap_or_default())
    {
        add(format!("of more than {} bytes", file.max_bytes), of(name, media, &large));
    }
    add("of no bytes".to_owned(), of(name, media, b""));
    add("a page that says it is none".to_owned(), of(name, media, parts::PAGE));
    if let Some(other) =
        parts::TYPES.iter().find(|kind| !file.media_types.iter().any(|own| own == *kind))
    {
        let content = parts::sample(other, 0).unwrap_or_default();
        add(format!("of {other}, which is not taken"), of(parts::name(other), other, &content));
    }
    add("said to be a page".to_owned(), of(name, "text/html", &own.content));
    for hostile in ["a.php", "../../a.png", "/etc/passwd", "..\\a.png", "a.png\u{0}.php"] {
        add(format!("called {hostile:?}"), of(hostile, media, &own.content));
    }
    let both = [&own.content[..], parts::ARCHIVE].concat();
    add("with an archive behind it".to_owned(), of(name, media, &both));
    let without = all.iter().filter(|part| part.field != field.name).cloned();
    if field.required && file.most.is_none() {
        add("which is not there".to_owned(), Content::Parts(without.clone().collect()));
    }
    let most = usize::try_from(file.most.unwrap_or(1)).unwrap_or(usize::MAX);
    if most < 100 {
        let many = vec![own.clone(); most + 1];
        add(format!("{} times", most + 1), Content::Parts(without.chain(many).collect()));
    }
    wrong
}
