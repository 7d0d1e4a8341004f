//! Parameters of a query that an input reads: each bound crossed by one, and names that stand twice or are nobody's.

use super::{
    Check,
    crossing::crossings,
    draft::{By, Draft, Persona},
    flat::{Place, is_read_alike, pairs, places},
    world::World,
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
    for Place { name, field, within } in places(model, version, schema) {
        let mut wrong: Vec<(String, Vec<(String, String)>)> = Vec::new();
        for (bound, value) in crossings(model, version, &field.schema, &field.name) {
            let sent = pairs(model, &field.schema, &name, &value);
            // A list without items is none that is sent.
            if (field.required || !sent.is_empty()) && is_read_alike(&field.schema, &value) {
                wrong.push((bound, sent));
            }
        }
        let mut examples = Examples::new(model, version);
        if let Some(example) = examples.of(&field.schema, &field.name)
            && !(field.schema.is_list() && field.schema.separated().is_none())
        {
            let once = pairs(model, &field.schema, &name, &example);
            wrong.push(("it is there once".to_owned(), [once.clone(), once].concat()));
        }
        if within.is_some() {
            let unknown = (format!("{name}[verify_unknown]"), "1".to_owned());
            wrong.push(("it has no members".to_owned(), vec![unknown]));
        }
        // The input that it is in is there as a whole, so that nothing else is missing.
        let around = within.and_then(|within| {
            let value = examples.of(&within.schema, &within.name)?;
            Some((&within.name, pairs(model, &within.schema, &within.name, &value)))
        });
        for (bound, sent) in wrong {
            let mut crossed = draft.clone();
            if let Some((within, others)) = &around {
                let start = format!("{within}[");
                crossed.query.retain(|(other, _)| !other.starts_with(&start));
                crossed.query.extend(others.iter().cloned());
            }
            crossed.query.retain(|(other, _)| *other != name);
            crossed.query.extend(sent);
            let reply = world.send(&crossed, &by).await;
            let why = format!("the parameter {name} has the bound {bound:?}, which was crossed");
            world.judge(Check::Queries, draft.target, reply.status() == 400, (&why, &reply));
        }
    }
}
