//! The list of operations with everything that was decided about each.

use serde::Serialize;

use super::{head::head, notes::notes, path, settable::settable, table};
use crate::{
    inventory::{
        AccessModel, ApiModel, ContentModel, LimitModel, ObjectModel, Operation, ViewArm, Viewers,
    },
    limit::Unit,
};

/// The facts of one operation, each as a text for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Facts {
    pub(crate) verb: &'static str,
    pub(crate) path: String,
    pub(crate) who: String,
    pub(crate) limits: String,
    pub(crate) view: String,
    pub(crate) handler: String,
    /// The facts that most operations do not have.
    pub(crate) notes: Vec<String>,
}

impl Facts {
    pub(crate) fn of(api: &ApiModel, operation: &Operation) -> Self {
        Self {
            verb: operation.verb.as_str(),
            path: path(operation),
            who: callers(operation),
            limits: limits(operation),
            view: views(operation),
            handler: operation.name.clone(),
            notes: notes(api, operation),
        }
    }
}

/// Returns a table of all operations: verb, path, callers, limits, view, handler, and notes on everything else. Below it
/// are one of the objects that they reach, with key and store, and one of the fields that their callers set.
pub fn routes(api: &ApiModel) -> String {
    let heading = ["verb", "path", "who", "limits", "view", "handler", "notes"].map(str::to_owned);
    let mut rows = vec![heading.to_vec()];
    for operation in &api.operations {
        let Facts { verb, path, who, limits, view, handler, notes } = Facts::of(api, operation);
        rows.push(vec![verb.to_owned(), path, who, limits, view, handler, notes.join(", ")]);
    }
    format!("{}\n\n{}{}{}", head(api), table(&rows), objects(api), settable(api))
}

fn objects(api: &ApiModel) -> String {
    if api.objects.is_empty() {
        return String::new();
    }
    let heading = ["object", "key", "store", "operations"].map(str::to_owned);
    let mut rows = vec![heading.to_vec()];
    rows.extend(api.objects.iter().map(
        |ObjectModel { name, key, store, operations, grants: _ }| {
            vec![name.clone(), key.clone(), store.clone(), operations.join(", ")]
        },
    ));
    format!("\n{}", table(&rows))
}

fn callers(operation: &Operation) -> String {
    let mut text = match &operation.access {
        AccessModel::Roles(roles) => roles.join(" | "),
        AccessModel::Public(reason) => format!("public: {reason}"),
    };
    if !operation.scopes.is_empty() {
        text.push_str(&format!(" with {}", operation.scopes.join(" ")));
    }
    text
}

fn limits(operation: &Operation) -> String {
    let arms = operation.limits.iter().map(|arm| {
        let limits: Vec<String> = arm.limits.iter().map(limit).collect();
        let callers = arm.roles.as_ref().map(|roles| format!("{}: ", roles.join(" | ")));
        format!("{}{}", callers.unwrap_or_default(), limits.join(" + "))
    });
    let mut text = arms.collect::<Vec<_>>().join(", ");
    if operation.limits_inherited {
        text.push_str(" (inherited)");
    }
    text
}

pub(super) fn limit(limit: &LimitModel) -> String {
    let per = match (limit.per, &limit.field) {
        (Unit::Unlimited, _) => {
            return format!("unlimited: {}", limit.reason.as_deref().unwrap_or_default());
        }
        (_, Some(field)) => field,
        (per, None) => per.name(),
    };
    let mut notes = String::new();
    if limit.weight > 1 {
        notes.push_str(&format!(", each for {}", limit.weight));
    }
    if let Some(field) = &limit.weight_of {
        notes.push_str(&format!(", for each of {field}"));
    }
    if limit.observed {
        notes.push_str(", observed");
    }
    if limit.at_once {
        return format!("{} at once per {per}{notes}", limit.count);
    }
    let window = match limit.window_seconds {
        1.0 => "s".to_owned(),
        60.0 => "min".to_owned(),
        3600.0 => "h".to_owned(),
        86_400.0 => "day".to_owned(),
        seconds => format!("{seconds}s"),
    };
    let burst = match limit.burst < limit.count {
        true => format!(" burst {}", limit.burst),
        false => String::new(),
    };
    format!("{}/{window} per {per}{burst}{notes}", limit.count)
}

fn views(operation: &Operation) -> String {
    let arm = |ViewArm { to, view }: &ViewArm| match to {
        Viewers::Owner => format!("own: {}", view.name),
        Viewers::Roles(roles) => format!("{}: {}", roles.join(" | "), view.name),
        Viewers::Rest => view.name.clone(),
    };
    let arms: Vec<String> = operation.views.iter().map(arm).collect();
    match (&arms[..], operation.answer.content) {
        ([], ContentModel::File) => format!("file: {}", operation.answer.media_types.join(" | ")),
        ([], ContentModel::Text(most)) => format!("text of at most {most} characters"),
        ([], ContentModel::Bytes(most)) => {
            format!("{} of at most {most} bytes", operation.answer.media_types.join(" | "))
        }
        ([], ContentModel::Stream(most)) => {
            let types = operation.answer.media_types.join(" | ");
            format!("stream of {types} of at most {most} bytes")
        }
        ([], ContentModel::Scalar) => "a scalar".to_owned(),
        ([], ContentModel::Free) => "free JSON".to_owned(),
        ([], _) => "-".to_owned(),
        (arms, ContentModel::Page) => format!("page of {}", arms.join(", ")),
        (arms, ContentModel::Rows(most)) => {
            format!("CSV of at most {most} of {}", arms.join(", "))
        }
        (arms, ContentModel::Events) => format!("events of {}", arms.join(", ")),
        (arms, ContentModel::Array(most)) => {
            format!("array of at most {most} of {}", arms.join(", "))
        }
        (arms, ContentModel::Map(most)) => {
            format!("map of at most {most} of {}", arms.join(", "))
        }
        (arms, _) => arms.join(", "),
    }
}
