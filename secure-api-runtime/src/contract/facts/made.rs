//! The facts of a model: of each operation in a version, and of the whole.

use std::collections::BTreeMap;

use super::{AppFacts, CallerFacts, LimitText, OperationFacts, StepFacts, access::together};
use crate::{
    identity::Credential,
    inventory::{
        ANONYMOUS, AccessModel, ApiModel, ByModel, CredentialModel, FieldModel, Hatch, NamedSchema,
        Operation, Schema, SchemaForm, StepModel,
    },
    limit::{Outage, Unit},
    session::Session,
};

/// The deepest nesting of objects whose fields are listed; deeper ones are told by their outermost.
const DEEPEST: usize = 8;

/// Returns the facts of an operation in the version at this place.
pub(in crate::contract) fn operation_of(
    api: &ApiModel,
    operation: &Operation,
    version: usize,
) -> OperationFacts {
    let callers = operation.sees(api).into_iter().map(|seen| {
        let limits = limits_of(api, operation, seen.caller);
        let sees_own = seen.own.filter(|own| Some(*own) != seen.view).map(str::to_owned);
        (
            seen.caller.to_owned(),
            CallerFacts { sees: seen.view.map(str::to_owned), sees_own, limits },
        )
    });
    let views = operation.views.iter().map(|arm| {
        let mut fields = Fields { api, version, found: Vec::new() };
        fields.of(&arm.view.schema, "", 0);
        fields.found.sort();
        fields.found.dedup();
        (arm.view.name.clone(), fields.found)
    });
    let set_by = api.input_fields(operation).filter(|(_, field)| !field.set_by.is_empty());
    let set_by = set_by
        .map(|(input, field)| (format!("{input}.{}", field.name), admitted(api, &field.set_by)));
    let mut objects: Vec<String> = operation.objects().map(str::to_owned).collect();
    objects.extend(api.input_fields(operation).filter_map(|(input, field)| refers(input, field)));
    let mut credentials = credentials_of(api, operation);
    let mut scopes = operation.scopes.clone();
    let mut secrets: Vec<String> =
        api.secrets(operation).map(|(input, field)| format!("{input}.{field}")).collect();
    [&mut objects, &mut credentials, &mut scopes, &mut secrets]
        .into_iter()
        .for_each(|list| list.sort());
    OperationFacts {
        public: match &operation.access {
            AccessModel::Public(reason) => Some(reason.clone()),
            AccessModel::Roles(_) => None,
        },
        callers: callers.collect(),
        credentials,
        together: matches!(operation.by, ByModel::AllOf(_)),
        scopes,
        step_up: operation.step_up.clone(),
        views: views.collect(),
        objects,
        set_by: set_by.collect(),
        secrets,
        outage_local: match operation.outage {
            Outage::Closed => None,
            Outage::Local(machines) => Some(machines),
        },
        credential: operation.credential,
        after: operation.after.as_ref().map(step_of),
        idempotency_key: operation.idempotency_key,
        if_match: operation.if_match,
        body_limit: operation.body_limit,
        files: operation.takes_files(),
        timeout_seconds: operation.timeout_seconds,
        open: operation.answer.open,
        open_seconds: operation.answer.lasts_seconds,
        hatches: hatches_of(&operation.name, api.hatches_of(operation))
            .into_iter()
            .chain(operation.answer.redirects.iter().map(redirect_to))
            .collect(),
    }
}

/// Returns the names of the kinds of credentials that open it, or that it asks for together. An alternative that is several kinds is
/// told by all their names.
fn credentials_of(api: &ApiModel, operation: &Operation) -> Vec<String> {
    let ByModel::OneOf(sets) = &operation.by else {
        return api.credentials_of(operation).into_iter().map(|kind| kind.name).collect();
    };
    sets.iter()
        .map(|kinds| together(kinds.iter().map(|kind| kind.name.clone()).collect()))
        .collect()
}

/// Returns a host that callers may be sent to, as a thing that a review has to see.
fn redirect_to(host: &String) -> (String, String) {
    (format!("redirects for {host}"), "callers may be sent there".to_owned())
}

fn step_of(
    StepModel { operation, module: _, within_seconds, at_least_seconds }: &StepModel,
) -> StepFacts {
    StepFacts {
        operation: operation.clone(),
        within_seconds: *within_seconds,
        at_least_seconds: *at_least_seconds,
    }
}

/// Returns the facts of the whole.
pub(in crate::contract) fn app_of(api: &ApiModel) -> AppFacts {
    let mut hatches: Vec<Hatch> = api
        .exceptions
        .iter()
        .map(|one| Hatch { place: None, rule: one.rule.clone(), reason: one.reason.clone() })
        .collect();
    // Which issuers there are is a matter of the place it runs at, and not of the contract; what they are excepted from is.
    hatches.extend(api.hatches_of_app().into_iter().map(|hatch| Hatch { place: None, ..hatch }));
    let settings = api.settings.as_ref();
    let unlimited = settings.is_some_and(|settings| settings.address_limit.per == Unit::Unlimited);
    if unlimited {
        hatches.retain(|hatch| hatch.rule != "unlimited");
    }
    AppFacts {
        tenants: api.tenants,
        address_limit: settings.map(|settings| LimitText::of(&settings.address_limit)),
        body_limit: settings.map(|settings| settings.body_limit),
        deadline_seconds: settings.map(|settings| settings.deadline_seconds),
        most_open: settings
            .filter(|_| api.operations.iter().any(|operation| operation.answer.flows()))
            .map(|settings| settings.most_open),
        origins: settings.map(|settings| settings.origins.clone()).unwrap_or_default(),
        places: places_of(api),
        proof_nonces: settings
            .and_then(|settings| settings.dpop.as_ref())
            .is_some_and(|dpop| dpop.nonces),
        hatches: hatches_of("", hatches),
    }
}

/// The place of API keys that nothing else is stated of.
pub(super) const USUAL_PLACE: &str = "header x-api-key";

/// Returns the places of the kinds of credentials of an API that stand in one of their own.
fn places_of(api: &ApiModel) -> BTreeMap<String, String> {
    let kinds = api.operations.iter().flat_map(|operation| api.credentials_of(operation));
    let place = |kind: CredentialModel| {
        let place = match (kind.header, kind.cookie, kind.query) {
            (Some(header), ..) => format!("header {header}"),
            (_, Some(cookie), _) => format!("cookie {cookie}"),
            (.., Some(parameter)) => format!("query {parameter}"),
            (None, None, None) => return None,
        };
        let is_usual = place == USUAL_PLACE || kind.name == Session::KIND.name();
        (!is_usual).then_some((kind.name, place))
    };
    kinds.filter_map(place).collect()
}

/// Returns exceptions by their rule and place. What is public or unlimited is told by facts of its own.
fn hatches_of(name: &str, hatches: Vec<Hatch>) -> BTreeMap<String, String> {
    let told = hatches
        .into_iter()
        .filter(|hatch| hatch.rule != "public" && (name.is_empty() || hatch.rule != "unlimited"));
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for Hatch { place, rule, reason } in told {
        let place = place.unwrap_or_default();
        let place = place.strip_prefix(name).unwrap_or(&place).trim();
        let key = if place.is_empty() { rule } else { format!("{rule} for {place}") };
        // One rule twice at a place has two reasons, and both are told.
        match found.get_mut(&key) {
            Some(known) if *known != reason => *known = format!("{known}; {reason}"),
            Some(_) => {}
            None => drop(found.insert(key, reason)),
        }
    }
    found
}

/// Returns the limits of one caller: of the first arm that is for it.
fn limits_of(api: &ApiModel, operation: &Operation, caller: &str) -> Vec<LimitText> {
    let arm = operation.limits.iter().find(|arm| match &arm.roles {
        Some(roles) => api.admits(roles, caller),
        None => true,
    });
    arm.map(|arm| arm.limits.iter().map(LimitText::of).collect()).unwrap_or_default()
}

/// Returns the roles that have one of these.
fn admitted(api: &ApiModel, least: &[String]) -> Vec<String> {
    let roles = std::iter::once(ANONYMOUS).chain(api.roles.iter().map(|role| &*role.name));
    roles.filter(|role| api.admits(least, role)).map(str::to_owned).collect()
}

/// Returns the object that a field of an input refers to, and whose rule is asked.
fn refers(input: &str, field: &FieldModel) -> Option<String> {
    let mut schema = &field.schema;
    loop {
        schema = match schema {
            Schema::Ruled(inner, rules) => match &rules.refers {
                Some(reference) => {
                    return Some(format!(
                        "{} by {input}.{} to {}",
                        reference.object, field.name, reference.action
                    ));
                }
                None => inner,
            },
            Schema::List { item: inner, .. }
            | Schema::Map { value: inner, .. }
            | Schema::Nullable(inner) => inner,
            _ => return None,
        };
    }
}

/// The fields of a view, at any depth.
struct Fields<'a> {
    api: &'a ApiModel,
    version: usize,
    found: Vec<String>,
}

impl Fields<'_> {
    fn of(&mut self, id: &str, before: &str, depth: usize) {
        let Some(NamedSchema { form, .. }) = self.api.schema(id).filter(|_| depth < DEEPEST) else {
            return;
        };
        match form {
            SchemaForm::Object(fields) => {
                let (api, version) = (self.api, self.version);
                for field in fields.iter().filter(|field| api.has_field(version, field)) {
                    let path = if before.is_empty() {
                        field.name.clone()
                    } else {
                        format!("{before}.{}", field.name)
                    };
                    if let Some(id) = field.schema.named() {
                        self.of(id, &path, depth + 1);
                    }
                    self.found.push(path);
                }
            }
            SchemaForm::Untagged { variants, .. } => {
                for variant in variants {
                    if let Some(id) = variant.schema.named() {
                        self.of(id, &format!("{before}<{}>", variant.name), depth + 1);
                    }
                }
            }
            SchemaForm::Union { tag, variants } => {
                for variant in variants {
                    let path = format!("{before}<{tag}={}>", variant.tag);
                    self.of(&variant.schema, &path, depth + 1);
                }
            }
        }
    }
}
