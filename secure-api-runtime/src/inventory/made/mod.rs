//! The model, made from an API's declaration: the only place outside of `route` and `app` that reads a route's facts.
//! A fact that is declared and not taken over here is in no document and in no table, so structs are taken apart whole.

use std::{any::TypeId, time::Duration};

use super::{
    AccessModel, ApiModel, GrantsModel, InheritedKey, LimitModel, ObjectModel, Operation, Refusal,
    RoleModel, StepModel, StepUpModel, ViewArm, ViewModel, Viewers,
};
use crate::{
    input::{Grants, ObjectInfo},
    role::{RoleInfo, RoleSet, RoleTable},
    route::{self, Api, Route, RouteOptions},
    version::VersionRange,
    view::{Audience, ViewInfo},
};

mod answer;
mod argument;
mod deprecation;
mod exception;
mod limits;
mod same;
mod schemas;
mod step_up;

use answer::answer_of;
use deprecation::version;
use exception::{exceptions, of_addresses};
use limits::arm_of_limits;

pub(super) use schemas::Schemas;

impl Api {
    /// Returns the API as owned plain data, without settings of an app.
    pub fn model(&'static self) -> ApiModel {
        // Operations say by which credentials they are called, this included.
        let Self {
            name,
            description,
            roles,
            versions,
            limits,
            by: _,
            outage: _,
            tenants,
            allowed,
            routes: _,
        } = *self;
        let mut maker = Maker { api: self, schemas: Schemas::new(versions) };
        let operations = self.routes().map(|route| maker.operation(route)).collect();
        ApiModel {
            name: name.to_owned(),
            description: description.to_owned(),
            roles: roles.roles.iter().map(|info| role(roles, info)).collect(),
            versions: versions
                .versions
                .iter()
                .enumerate()
                .map(|one| version(versions, one))
                .collect(),
            tenants,
            limits: limits.iter().map(LimitModel::from).collect(),
            exceptions: [of_addresses(versions), exceptions(allowed)].concat(),
            objects: objects(self),
            operations,
            schemas: maker.schemas.into_named(),
            settings: None,
        }
    }
}

/// A model in the making.
struct Maker {
    api: &'static Api,
    schemas: Schemas,
}

impl Maker {
    fn operation(&mut self, route: &'static Route) -> Operation {
        let Route {
            name,
            module,
            verb,
            path,
            // Made from the path, for the compiler.
            path_shape: _,
            path_key: _,
            parameters,
            summary,
            description,
            versions,
            access,
            // Checked by the compiler, and described by `arguments`. Their objects are the API's.
            facts: _,
            limits,
            inherited,
            flow,
            views,
            if_match,
            // Checked by the compiler.
            links: _,
            options,
            arguments,
            answer,
        } = route;
        let RouteOptions {
            by: _,
            scopes,
            acr: _,
            amr: _,
            max_age: _,
            outage: _,
            credential,
            deprecated,
            body_limit: _,
            timeout,
            page,
            redirects,
            media_type: _,
            // Those of its body, which `arguments` describe.
            accepts: _,
            kinds: _,
            open: _,
            lasts: _,
            allowed,
        } = *options;
        let mut parameters = parameters.iter();
        Operation {
            name: (*name).to_owned(),
            module: (*module).to_owned(),
            verb: *verb,
            path: (*path).to_owned(),
            summary: (*summary).to_owned(),
            description: (*description).to_owned(),
            versions: segments(*versions),
            access: match access {
                route::Access::Roles(roles) => AccessModel::Roles(least(*roles)),
                route::Access::Public(reason) => AccessModel::Public((*reason).to_owned()),
            },
            by: self.api.by(route).into(),
            scopes: owned(scopes),
            step_up: StepUpModel::of(options),
            limits: route.limits_in(self.api).iter().map(arm_of_limits).collect(),
            limits_inherited: limits.is_empty(),
            inherited: inherited_keys(*inherited),
            after: flow.after.map(|after| StepModel {
                operation: after.step.name.to_owned(),
                module: after.step.module.to_owned(),
                within_seconds: after.within.as_secs_f64(),
                at_least_seconds: after.at_least.as_secs_f64(),
            }),
            idempotency_key: flow.idempotency_key,
            views: views.iter().map(|used| self.arm_of_views(used)).collect(),
            if_match: *if_match,
            outage: self.api.outage(route),
            credential,
            deprecation: deprecated.map(deprecation::of),
            body_limit: route.body_limit(),
            timeout_seconds: timeout.as_ref().map(Duration::as_secs_f64),
            exceptions: exceptions(allowed),
            arguments: arguments
                .iter()
                .filter_map(|describe| self.argument(route, describe(), &mut parameters))
                .collect(),
            answer: answer_of(
                answer,
                (page.as_ref(), redirects),
                options,
                route.lasts(),
                &mut self.schemas,
            ),
            problems: route.problems().into_iter().map(Refusal::from).collect(),
        }
    }

    fn arm_of_views(&mut self, used: &route::ViewUse) -> ViewArm {
        let route::ViewUse { to, view } = used;
        let ViewInfo { name, resource, object, audience, .. } = *view;
        ViewArm {
            to: match *to {
                route::ShownTo::Owner => Viewers::Owner,
                route::ShownTo::Roles(roles) => Viewers::Roles(least(roles)),
                route::ShownTo::Rest => Viewers::Rest,
            },
            view: ViewModel {
                name: (*name).to_owned(),
                resource: (*resource).to_owned(),
                object: *object,
                audience: match audience {
                    Audience::Public => None,
                    Audience::Roles(roles) => Some(least(*roles)),
                },
                schema: self.schemas.named(&view.shape()),
            },
        }
    }
}

fn objects(api: &Api) -> Vec<ObjectModel> {
    let mut found: Vec<(TypeId, ObjectModel)> = Vec::new();
    for route in api.routes() {
        let taken = route.facts.iter().filter_map(|(_, facts)| facts.object);
        let referred = route.facts.iter().flat_map(|(_, facts)| facts.reads.referred());
        let taken = taken.map(|facts| facts.describe);
        for describe in taken.chain(referred.map(|object| object.describe)) {
            let ObjectInfo { type_id, name, key, store, grants } = describe();
            match found.iter_mut().find(|(known, _)| *known == type_id) {
                Some((_, object))
                    if object.operations.last().is_some_and(|last| last == route.name) => {}
                Some((_, object)) => object.operations.push(route.name.to_owned()),
                None => {
                    let [name, key, store] = [name, key, store].map(|name| short(name).to_owned());
                    let operations = vec![route.name.to_owned()];
                    let grants = grants.map(granted);
                    found.push((type_id, ObjectModel { name, key, store, operations, grants }));
                }
            }
        }
    }
    found.into_iter().map(|(_, object)| object).collect()
}

fn granted(Grants { read, create, update, delete }: Grants) -> GrantsModel {
    let [read, create, update, delete] = [read, create, update, delete].map(least);
    GrantsModel { read, create, update, delete }
}

fn role(table: &RoleTable, info: &RoleInfo) -> RoleModel {
    let RoleInfo { variant, name, description, holders: _, includes } = info;
    let others = table.roles.iter().enumerate();
    let included =
        others.filter(|(index, other)| includes & (1 << index) != 0 && other.name != *name);
    RoleModel {
        name: (*name).to_owned(),
        variant: (*variant).to_owned(),
        description: (*description).to_owned(),
        includes: included.map(|(_, other)| other.name.to_owned()).collect(),
    }
}

fn inherited_keys(inherited: route::Inherited) -> Vec<InheritedKey> {
    let route::Inherited { versions, access, limits, by: _, outage: _ } = inherited;
    let stated = [("version", versions), ("access", access), ("limit", limits)];
    let from = |(key, module): (&str, Option<&str>)| {
        Some(InheritedKey { key: key.to_owned(), module: module?.to_owned() })
    };
    stated.into_iter().filter_map(from).collect()
}

fn segments(range: VersionRange) -> Vec<String> {
    range.versions().map(|(_, version)| version.segment.to_owned()).collect()
}

fn least(roles: RoleSet) -> Vec<String> {
    roles.least().map(str::to_owned).collect()
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Returns the name of a type without the modules before it.
fn short(name: &str) -> &str {
    let before = name.find('<').unwrap_or(name.len());
    name[..before].rfind("::").map_or(name, |place| &name[place + 2..])
}
