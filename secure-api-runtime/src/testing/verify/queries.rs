//! Parameters of a query, headers and cookies that an input reads: each bound crossed by one, what stands twice, and names that are
//! nobody's.

use super::{
    Check,
    crossing::crossings,
    draft::{By, Draft, Persona},
    flat::{Place, is_read_alike, pairs, places},
    references,
    world::{World, plain},
};
use crate::docs::Examples;

pub(super) async fn query(
    world: &World,
    draft: &Draft<'_>,
    schema: &str,
    caller: Option<&Persona>,
) {
    let version = world.model.place(&draft.target.version.segment).unwrap_or_default();
    let by = By::from(caller.cloned());
    let model = &world.model;
    for place in places(model, version, schema) {
        let Place { name, field, within } = &place;
        let mut wrong: Vec<(String, Vec<(String, String)>)> = Vec::new();
        for (bound, value) in crossings(model, version, &field.schema, &field.name) {
            let sent = pairs(model, &field.schema, name, &value);
            // A list without items is none that is sent.
            if (field.required || !sent.is_empty()) && is_read_alike(&field.schema, &value) {
                wrong.push((bound, sent));
            }
        }
        if let Some(example) = Examples::new(model, version).of(&field.schema, &field.name)
            && !(field.schema.is_list() && field.schema.separated().is_none())
        {
            let once = pairs(model, &field.schema, name, &example);
            wrong.push(("it is there once".to_owned(), [once.clone(), once].concat()));
        }
        if within.is_some() {
            let unknown = (format!("{name}[verify_unknown]"), "1".to_owned());
            wrong.push(("it has no members".to_owned(), vec![unknown]));
        }
        let mut around = draft.clone();
        if place.surround(model, version, &mut around.query)
            && let Some(caller) = caller
        {
            references::refer(world, &mut around, caller).await;
        }
        for (bound, sent) in wrong {
            let mut crossed = around.clone();
            crossed.query.retain(|(other, _)| other != name);
            crossed.query.extend(sent);
            let reply = world.send(&crossed, &by).await;
            let why = format!("the parameter {name} has the bound {bound:?}, which was crossed");
            world.judge(Check::Queries, draft.target, reply.status() == 400, (&why, &reply));
        }
    }
}

/// Crosses the bounds of headers and cookies that an input reads, repeats them, and sends what is no plain text.
pub(super) async fn head(
    world: &World,
    draft: &Draft<'_>,
    (schema, cookies): (&str, bool),
    caller: Option<&Persona>,
) {
    let version = world.model.place(&draft.target.version.segment).unwrap_or_default();
    let by = By::from(caller.cloned());
    for field in
        world.model.fields(schema).iter().filter(|field| world.model.has_field(version, field))
    {
        let mut wrong: Vec<(String, Vec<String>)> = Vec::new();
        for (bound, value) in crossings(&world.model, version, &field.schema, &field.name) {
            let text = plain(&value);
            // Blanks at an end are no part of a header, and an item without content is none.
            let is_sent = text.trim() == text && !text.is_empty();
            if is_sent && text.chars().all(|letter| letter.is_ascii_graphic() || letter == ' ') {
                wrong.push((bound, vec![text]));
            }
        }
        let example = Examples::new(&world.model, version).of(&field.schema, &field.name);
        if let Some(example) = example.as_ref().map(plain) {
            if !field.schema.is_list() {
                wrong.push(("it is there once".to_owned(), vec![example.clone(), example.clone()]));
            }
            wrong.push(("plain text".to_owned(), vec![format!("{example}\t{example}")]));
        }
        for (bound, values) in wrong {
            let mut crossed = draft.clone();
            let values: Vec<_> = values.iter().map(String::as_str).collect();
            match cookies {
                true => crossed.cookie(&field.name, &values),
                false => crossed.read_header(&field.name, &values),
            }
            let reply = world.send(&crossed, &by).await;
            let why = format!("{} has the bound {bound:?}, which was crossed", field.name);
            world.judge(Check::Head, draft.target, reply.status() == 400, (&why, &reply));
        }
    }
}
