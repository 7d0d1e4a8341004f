//! An app whose parts are of two versions of one crate of roles does not start, wherever it hides.

use super::*;
use crate::{
    error::{Problem, problem},
    limit::{Limit, LimitUse},
    role::RoleInfo,
    route::{Api, ArgumentFacts, Listed, Listing, ShownTo, ViewUse},
    version::{VersionInfo, VersionPoint, VersionRange},
    view::ViewField,
};

const fn role(variant: &'static str, bit: u128) -> RoleInfo {
    RoleInfo { variant, name: variant, description: "", holders: bit, includes: bit }
}

const fn version(variant: &'static str) -> VersionInfo {
    VersionInfo {
        variant,
        segment: variant,
        description: "",
        deprecated: None,
        sunset: None,
        migrate: None,
        preview: false,
        brownouts: &[],
    }
}

static ROLES: RoleTable = RoleTable {
    type_name: "staff::Role",
    fingerprint: 1,
    roles: &[role("customer", 1), role("admin", 2)],
};
static OTHER_ROLES: RoleTable = RoleTable {
    type_name: "staff::Role",
    fingerprint: 2,
    roles: &[role("admin", 1), role("customer", 2)],
};
static VERSIONS: VersionTable = VersionTable {
    type_name: "staff::Version",
    fingerprint: 1,
    addresses: crate::version::AddressForm::CANONICAL,
    versions: &[version("v1")],
};
static OTHER_VERSIONS: VersionTable = VersionTable {
    type_name: "staff::Version",
    fingerprint: 2,
    addresses: crate::version::AddressForm::CANONICAL,
    versions: &[version("v1")],
};

const MINE: RoleSet = RoleSet::new(1, &ROLES);
const OTHER: RoleSet = RoleSet::new(1, &OTHER_ROLES);
const V1: VersionRange = VersionRange::from(VersionPoint { index: 0, table: &VERSIONS });
const OTHER_V1: VersionRange =
    VersionRange::from(VersionPoint { index: 0, table: &OTHER_VERSIONS });

const FIELD: ViewField = ViewField { name: "text", versions: None };
const LATER: ViewField = ViewField { name: "text", versions: Some(OTHER_V1) };
const VIEW: ViewInfo = ViewInfo {
    name: "NoteView",
    resource: "Note",
    object: false,
    untenanted: false,
    inside: None,
    description: "",
    audience: Audience::Roles(MINE),
    audience_name: "customer",
    extends: None,
    names: &[FIELD],
    fields: Vec::new,
    variants: None,
};
const FACTS: ArgumentFacts = ArgumentFacts { roles: Some(&ROLES), ..ArgumentFacts::PLAIN };
const ROUTE: Route = Route {
    name: "note",
    path: "/note",
    versions: V1,
    access: Access::Roles(MINE),
    facts: &[("Caller<Role>", FACTS)],
    limits: &[LimitUse::of(MINE, &[]), LimitUse::rest(&[])],
    views: &[ViewUse { to: ShownTo::Roles(MINE), view: &VIEW }],
    ..Route::UNSTATED
};

static FEW: [Limit; 1] = [Limit::per_principal(5).per_minute()];

/// Returns the mistakes of an API with this route.
fn told(route: &'static Route) -> Vec<StartProblem> {
    let routes: Listed = Box::leak(Box::new([Listing {
        route,
        run: |_| Box::pin(async { Err(Problem::new(&problem::INTERNAL)) }),
    }]));
    let api = Box::leak(Box::new(Api {
        name: "Shop",
        description: "",
        roles: &ROLES,
        versions: &VERSIONS,
        limits: &FEW,
        by: crate::identity::By::Unstated,
        outage: None,
        tenants: false,
        allowed: &[],
        routes: Box::leak(Box::new([routes])),
    }));
    let mut builder = AppBuilder::new(api);
    tables(&mut builder);
    builder.problems
}

// R33
#[test]
fn each_place_of_a_route_is_of_the_tables_of_its_api() {
    static SOUND: Route = ROUTE;
    assert_eq!(told(&SOUND), []);
    static ACCESS: Route = Route { access: Access::Roles(OTHER), ..ROUTE };
    static ARGUMENT: Route = Route {
        facts: &[("Caller<Role>", ArgumentFacts { roles: Some(&OTHER_ROLES), ..FACTS })],
        ..ROUTE
    };
    static LIMIT: Route =
        Route { limits: &[LimitUse::of(OTHER, &[]), LimitUse::rest(&[])], ..ROUTE };
    static ARM: Route =
        Route { views: &[ViewUse { to: ShownTo::Roles(OTHER), view: &VIEW }], ..ROUTE };
    static AUDIENCE: Route = Route {
        views: &[ViewUse {
            to: ShownTo::Rest,
            view: &ViewInfo { audience: Audience::Roles(OTHER), ..VIEW },
        }],
        ..ROUTE
    };
    static BASE: Route = Route {
        views: &[ViewUse {
            to: ShownTo::Rest,
            view: &ViewInfo {
                extends: Some(&ViewInfo { audience: Audience::Roles(OTHER), ..VIEW }),
                ..VIEW
            },
        }],
        ..ROUTE
    };
    for route in [&ACCESS, &ARGUMENT, &LIMIT, &ARM, &AUDIENCE, &BASE] {
        let [problem] = &told(route)[..] else { panic!("{:?}", told(route)) };
        assert_eq!(problem.code, "SA114");
        assert!(problem.text.ends_with("the roles of Shop are another enum of that name"));
        assert!(problem.help.contains("cargo tree -d"), "{}", problem.help);
    }
    static RANGE: Route = Route { versions: OTHER_V1, ..ROUTE };
    static FIELDS: Route = Route {
        views: &[ViewUse { to: ShownTo::Rest, view: &ViewInfo { names: &[LATER], ..VIEW } }],
        ..ROUTE
    };
    for route in [&RANGE, &FIELDS] {
        let [problem] = &told(route)[..] else { panic!("{:?}", told(route)) };
        assert_eq!(problem.code, "SA610");
    }
}

#[test]
fn all_that_is_wrong_is_told_and_each_once() {
    static ROUTE_OF_ANOTHER: Route = Route {
        access: Access::Roles(OTHER),
        limits: &[LimitUse::of(OTHER, &[]), LimitUse::rest(&[])],
        versions: OTHER_V1,
        ..ROUTE
    };
    let codes: Vec<_> = told(&ROUTE_OF_ANOTHER).iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA114", "SA610"]);
    // Nobody is nobody, of whatever enum.
    static NOBODY: Route = Route { access: Access::Roles(RoleSet::NOBODY), ..ROUTE };
    assert_eq!(told(&NOBODY), []);
}
