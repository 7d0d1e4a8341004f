//! Names that were given, held against the API: one that is of nothing would be tried by nobody, and nobody would notice.

use serde_json::Value;

use super::{fits::misfit, given::Given, references::referred};
use crate::{
    inventory::{ApiModel, ArgumentModel, FieldModel, Schema, SchemaForm},
    nearest::nearest,
};

/// Returns the mistakes in what was given, each with the call that it is in and the nearest name that there is.
pub(super) fn mistakes(model: &ApiModel, given: &Given) -> Vec<String> {
    let Given { bodies, objects: given_objects, parameters, shared, holders, makers, skipped } =
        given;
    let operations: Vec<&str> = model.operations.iter().map(|one| &*one.name).collect();
    let objects = objects(model);
    let mut told = Vec::new();
    for (operation, body) in bodies {
        let call = format!(".body({operation:?}, …)");
        match model.operations.iter().find(|one| one.name == *operation) {
            Some(one) => body_of(model, &one.arguments, body)
                .into_iter()
                .for_each(|what| told.push(format!("{call}: {what}"))),
            None => told.push(unknown(&call, "operation", operation, &operations)),
        }
    }
    for operation in skipped.keys().filter(|name| !operations.contains(&&***name)) {
        told.push(unknown(
            &format!(".skip({operation:?}, …)"),
            "operation",
            operation,
            &operations,
        ));
    }
    let mut in_paths: Vec<&str> =
        model.operations.iter().flat_map(|one| one.parameters()).collect();
    in_paths.sort_unstable();
    in_paths.dedup();
    for name in parameters.keys().filter(|name| !in_paths.contains(&&***name)) {
        let call = format!(".parameter({name:?}, …)");
        told.push(unknown(&call, "parameter of a path", name, &in_paths));
    }
    for object in shared.keys().filter(|name| !objects.contains(&&***name)) {
        told.push(unknown(&format!(".shared({object:?}, …)"), "object", object, &objects));
    }
    for (object, owner, key) in given_objects {
        let call = format!(".object({object:?}, {owner:?}, {key:?})");
        if objects.contains(&&**object) {
            let wrong = key_of(model, object).and_then(|schema| unfit(model, schema, key));
            told.extend(wrong.map(|what| {
                format!(
                    "{call}: the key comes last, and {what}: it is none of an object `{object}`"
                )
            }));
        } else if let Some(meant) = [owner, key].into_iter().find(|one| objects.contains(&&***one))
        {
            told.push(format!(
                "{call}: the type comes first, then the owner's subject, then the key: \
                               `.object({meant:?}, …, …)`"
            ));
        } else {
            told.push(unknown(&call, "object", object, &objects));
        }
    }
    let mut kinds: Vec<String> = Vec::new();
    for kind in model.operations.iter().flat_map(|one| model.credentials_of(one)) {
        if !kinds.contains(&kind.name) {
            kinds.push(kind.name);
        }
    }
    let kinds: Vec<&str> = kinds.iter().map(|kind| &**kind).collect();
    let roles: Vec<&str> = model.roles.iter().map(|role| &*role.name).collect();
    for (kind, principal, _) in holders {
        let call = format!(".holder({kind:?}, …)");
        if !kinds.contains(&&**kind) {
            told.push(unknown(&call, "kind of credentials", kind, &kinds));
        }
        for role in principal.roles.iter().filter(|role| !roles.contains(&&***role)) {
            told.push(unknown(&call, "role", role, &roles));
        }
    }
    for kind in makers.keys().filter(|kind| !kinds.contains(&&***kind)) {
        told.push(unknown(&format!(".maker({kind:?}, …)"), "kind of credentials", kind, &kinds));
    }
    told
}

/// Returns the types of the objects that operations take, list, refer to or show, each once.
fn objects(model: &ApiModel) -> Vec<&str> {
    let known = model.objects.iter().map(|object| &*object.name);
    let reached = model.operations.iter().flat_map(|one| {
        let shown = one.views.iter().filter(|arm| arm.view.object).map(|arm| &*arm.view.resource);
        let named = model.input_fields(one).filter_map(|(_, field)| referred(field));
        one.objects().chain(named).chain(shown)
    });
    let mut all: Vec<&str> = known.chain(reached).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Returns the schema of an object's key, where a path or an input has it.
fn key_of<'a>(model: &'a ApiModel, object: &str) -> Option<&'a Schema> {
    model.operations.iter().find_map(|one| {
        let in_path = one.arguments.iter().find_map(|argument| match argument {
            ArgumentModel::Object { object: of, key, .. } if of == object => Some(key),
            _ => None,
        });
        let named = || model.input_fields(one).find(|(_, field)| referred(field) == Some(object));
        in_path.or_else(|| named().map(|(_, field)| item(&field.schema)))
    })
}

/// Returns the schema of one key, where a field has several.
fn item(schema: &Schema) -> &Schema {
    match schema {
        Schema::Nullable(inner)
        | Schema::List { item: inner, .. }
        | Schema::Map { value: inner, .. } => item(inner),
        Schema::Ruled(inner, rules) if rules.refers.is_none() => item(inner),
        _ => schema,
    }
}

/// Returns what keeps a text of a path from being a key.
fn unfit(model: &ApiModel, schema: &Schema, key: &str) -> Option<String> {
    let read = |value: Value| misfit(model, 0, schema, &value, &format!("`{key}`"));
    let number = serde_json::from_str(key).ok().filter(Value::is_number);
    // A number may be the text of a key, too.
    read(Value::from(key)).and_then(|why| number.map_or(Some(why), read))
}

/// Returns what is wrong with the names in a body.
fn body_of(model: &ApiModel, arguments: &[ArgumentModel], body: &Value) -> Vec<String> {
    let mut told = Vec::new();
    let schema = arguments.iter().find_map(|argument| match argument {
        ArgumentModel::Body { schema, media, .. } => Some((schema, media.types())),
        _ => None,
    });
    match schema {
        Some((_, [] | ["multipart/form-data"])) => {
            told.push("it takes an upload, which is made up of its rules".to_owned());
        }
        Some((schema, _)) => {
            // Of a list of inputs each item is one.
            let all = body.as_array().map_or(std::slice::from_ref(body), Vec::as_slice);
            let id = schema.named().unwrap_or_default();
            all.iter().for_each(|body| members(model, id, body, "", &mut told));
        }
        None => told.push("it has no body that is declared".to_owned()),
    }
    told
}

/// Adds the members of a body that are fields of nothing, at any depth.
fn members(model: &ApiModel, id: &str, value: &Value, at: &str, told: &mut Vec<String>) {
    let (Some(schema), Some(given)) = (model.schema(id), value.as_object()) else { return };
    let fields = match &schema.form {
        SchemaForm::Object(fields) => fields,
        SchemaForm::Untagged { variants, .. } => {
            let fits =
                |variant: &&FieldModel| misfit(model, 0, &variant.schema, value, "").is_none();
            // Where none fits, the one object is meant, if there is one.
            let mut objects =
                variants.iter().filter(|variant| matches!(variant.schema, Schema::Named(_)));
            let meant = match (variants.iter().find(fits), objects.next(), objects.next()) {
                (Some(fits), ..) => Some(fits),
                (None, Some(only), None) => Some(only),
                _ => None,
            };
            if let Some(inner) = meant.and_then(|variant| variant.schema.named()) {
                members(model, inner, value, at, told);
            }
            return;
        }
        SchemaForm::Union { tag, variants } => {
            let tagged = value[tag].as_str();
            if let Some(one) = variants.iter().find(|one| Some(&*one.tag) == tagged) {
                members(model, &one.schema, value, at, told);
            }
            return;
        }
    };
    let names: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
    for (name, value) in given {
        let Some(field) = fields.iter().find(|field| field.name == *name) else {
            let help = nearest(name, &names);
            told.push(format!("no field of {} is called `{at}{name}`; {help}", schema.name));
            continue;
        };
        let Some(inner) = field.schema.named() else { continue };
        let at = format!("{at}{name}/");
        match value {
            Value::Array(items) => {
                items.iter().for_each(|one| members(model, inner, one, &at, told))
            }
            Value::Object(entries) if matches!(plainly(&field.schema), Schema::Map { .. }) => {
                entries.values().for_each(|one| members(model, inner, one, &at, told));
            }
            _ => members(model, inner, value, &at, told),
        }
    }
}

/// Returns a schema without its rules, and without null.
fn plainly(schema: &Schema) -> &Schema {
    match schema {
        Schema::Ruled(inner, _) | Schema::Nullable(inner) => plainly(inner),
        _ => schema,
    }
}

fn unknown(call: &str, what: &str, name: &str, known: &[&str]) -> String {
    format!("{call}: no {what} is called `{name}`; {}", nearest(name, known))
}
