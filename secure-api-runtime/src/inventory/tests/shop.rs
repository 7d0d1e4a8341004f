//! A small API made by hand: every kind of access, limit, view, argument and answer once.

use crate::{
    error::{Problem, ProblemType, problem},
    flow::Flow,
    limit::{Limit, LimitUse},
    role::{RoleInfo, RoleSet, RoleTable},
    route::{
        Access, AnswerInfo, Api, ArgumentInfo, Content, Inherited, Listing, Route, RouteOptions,
        ShownTo, ViewUse,
    },
    shape::{ALL_VERSIONS, FieldShape, ObjectShape, Shape},
    verb::Verb,
    version::{Day, VersionInfo, VersionPoint, VersionRange, VersionTable},
    view::{Audience, ViewInfo},
};

// Customer < Support < Admin, and an Auditor beside them.
pub(crate) static ROLES: RoleTable = RoleTable {
    type_name: "shop::Role",
    fingerprint: 1,
    roles: &[
        role("Customer", "customer", 0b0111, 0b0001),
        role("Support", "support", 0b0110, 0b0011),
        role("Admin", "admin", 0b0100, 0b0111),
        role("Auditor", "auditor", 0b1000, 0b1000),
    ],
};

pub(crate) const fn role(
    variant: &'static str,
    name: &'static str,
    holders: u128,
    includes: u128,
) -> RoleInfo {
    RoleInfo { variant, name, description: "", holders, includes }
}

pub(crate) const CUSTOMER: RoleSet = RoleSet::new(0b0111, &ROLES);
pub(crate) const ADMIN: RoleSet = RoleSet::new(0b0100, &ROLES);
pub(crate) const AUDITOR: RoleSet = RoleSet::new(0b1000, &ROLES);

pub(crate) static VERSIONS: VersionTable = VersionTable {
    type_name: "shop::Version",
    fingerprint: 1,
    addresses: crate::version::AddressForm::CANONICAL,
    versions: &[
        VersionInfo {
            variant: "V1",
            segment: "v1",
            description: "",
            deprecated: Some(Day::new(2026, 6, 1)),
            sunset: Some(Day::new(2036, 6, 1)),
            migrate: Some("https://shop.example/migrate"),
            preview: false,
            brownouts: &[],
        },
        VersionInfo {
            variant: "V2",
            segment: "v2",
            description: "The one to use.",
            deprecated: None,
            sunset: None,
            migrate: None,
            preview: false,
            brownouts: &[],
        },
    ],
};

pub(crate) const V1: VersionPoint = VersionPoint { index: 0, table: &VERSIONS };
pub(crate) const V2: VersionPoint = VersionPoint { index: 1, table: &VERSIONS };

pub(crate) const fn text(max_length: u64) -> Shape {
    Shape::Text { min_length: 0, max_length, pattern: None, format: None }
}

pub(crate) const fn uuid() -> Shape {
    Shape::Text { min_length: 36, max_length: 36, pattern: None, format: Some("uuid") }
}

pub(crate) const fn field(name: &'static str, shape: Shape, required: bool) -> FieldShape {
    FieldShape {
        name,
        description: "",
        shape,
        required,
        versions: ALL_VERSIONS,
        exceptions: &[],
        unowned: Vec::new(),
        depth: None,
        set_by: Vec::new(),
    }
}

pub(crate) fn optional(shape: Shape) -> Shape {
    Shape::Nullable(Box::new(shape))
}

pub(crate) const NEW_ORDER: ObjectShape = ObjectShape {
    name: "NewOrder",
    description: "What an order is made of.",
    fields: || {
        let email =
            Shape::Text { min_length: 3, max_length: 254, pattern: None, format: Some("email") };
        let item = Box::new(Shape::Object(NEW_ITEM));
        vec![
            FieldShape {
                description: "Where the receipt goes.",
                ..field("customer_email", email, true)
            },
            field("note", optional(text(500)), false),
            field("items", Shape::List { item, min_items: 1, max_items: 50 }, true),
        ]
    },
};

pub(crate) const NEW_ITEM: ObjectShape = ObjectShape {
    name: "NewItem",
    description: "",
    fields: || {
        let pattern = Some("[A-Z0-9-]{3,32}");
        let sku = Shape::Text { min_length: 3, max_length: 32, pattern, format: None };
        vec![
            field("sku", sku, true),
            field("qty", Shape::Integer { minimum: 1, maximum: 1000 }, true),
        ]
    },
};

pub(crate) const FILTER: ObjectShape = ObjectShape {
    name: "Filter",
    description: "",
    fields: || vec![field("status", optional(Shape::Choice(&["open", "paid"])), false)],
};

pub(crate) static SUMMARY: ViewInfo = ORDER;

const ORDER: ViewInfo = ViewInfo {
    extends: None,
    variants: None,
    names: &[],
    name: "OrderSummary",
    resource: "Order",
    object: false,
    untenanted: false,
    inside: None,
    description: "An order.",
    audience: Audience::Roles(CUSTOMER),
    audience_name: "Customer",
    fields: || {
        vec![
            field("id", uuid(), true),
            field("status", Shape::Choice(&["open", "paid"]), true),
            field("total", Shape::Integer { minimum: 0, maximum: i64::MAX as i128 }, true),
            field(
                "parent",
                optional(Shape::Object(ObjectShape {
                    name: SUMMARY.name,
                    description: SUMMARY.description,
                    fields: SUMMARY.fields,
                })),
                true,
            ),
        ]
    },
};

pub(crate) static AUDIT: ViewInfo = ViewInfo {
    name: "OrderAudit",
    audience: Audience::Roles(ADMIN),
    audience_name: "Admin",
    fields: || {
        let mut fields = (SUMMARY.fields)();
        fields.push(field("margin", Shape::Number { minimum: -1.5, maximum: 1.5 }, true));
        fields
    },
    ..ORDER
};

pub(crate) static RATE: ViewInfo = ViewInfo {
    name: "Rate",
    resource: "Rate",
    description: "",
    audience: Audience::Public,
    audience_name: "anybody",
    fields: || {
        let labels = Shape::map(text(40), 10);
        vec![field("labels", labels, true), field("open", Shape::Boolean, true)]
    },
    ..ORDER
};

pub(crate) static OUT_OF_STOCK: ProblemType =
    ProblemType::new(409, "urn:problem-type:shop:out-of-stock", "Out of stock");

/// Returns a route as it is listed, with a run that nothing here starts.
pub(crate) const fn listed(route: &'static Route) -> Listing {
    Listing { route, run: |_| Box::pin(async { Err(Problem::new(&problem::INTERNAL)) }) }
}

pub(crate) const GET: AnswerInfo = AnswerInfo::RESOURCE;

pub(crate) const fn route(name: &'static str, verb: Verb, path: &'static str) -> Route {
    Route {
        name,
        module: "shop::orders",
        verb,
        path,
        path_shape: path,
        path_key: 0,
        parameters: &[],
        summary: "",
        description: "",
        versions: VersionRange::from(V1),
        access: Access::Roles(CUSTOMER),
        facts: &[],
        limits: &[],
        inherited: Inherited::NOTHING,
        flow: Flow::NONE,
        if_match: false,
        links: &[],
        options: RouteOptions::NONE,
        views: &[],
        arguments: &[],
        answer: GET,
    }
}

pub(crate) static LIST: Route = Route {
    summary: "Lists orders.",
    views: &[ViewUse { to: ShownTo::Rest, view: &SUMMARY }],
    arguments: &[|| ArgumentInfo::Query(FILTER), || ArgumentInfo::Caller],
    answer: AnswerInfo { content: Content::Page, ..GET },
    ..route("list_orders", Verb::Get, "/orders")
};

pub(crate) static SHOW: Route = Route {
    summary: "Shows one order.",
    description: "With everything in it.",
    parameters: &["order"],
    views: &[
        ViewUse { to: ShownTo::Roles(ADMIN), view: &AUDIT },
        ViewUse { to: ShownTo::Rest, view: &SUMMARY },
    ],
    arguments: &[key],
    ..route("get_order", Verb::Get, "/orders/{order}")
};

pub(crate) fn key() -> ArgumentInfo {
    ArgumentInfo::Object {
        name: "shop::Order",
        key: uuid(),
        store: (std::any::TypeId::of::<()>(), "()"),
    }
}

pub(crate) static CREATE: Route = Route {
    summary: "Places an order.",
    if_match: false,
    limits: &[LimitUse::rest(&[Limit::per_principal(30).per_minute().burst(10)])],
    views: &[ViewUse { to: ShownTo::Rest, view: &SUMMARY }],
    arguments: &[|| ArgumentInfo::body(Shape::Object(NEW_ORDER), crate::input::Media::Json)],
    answer: AnswerInfo { status: 201, location: true, problems: || vec![&OUT_OF_STOCK], ..GET },
    ..route("create_order", Verb::Post, "/orders")
};

pub(crate) static REMOVE: Route = Route {
    parameters: &["order"],
    versions: VersionRange::from(V2),
    access: Access::Roles(RoleSet::new(0b1100, &ROLES)),
    arguments: &[key],
    answer: AnswerInfo { status: 204, content: Content::None, ..GET },
    ..route("delete_order", Verb::Delete, "/orders/{order}")
};

pub(crate) static RATES: Route = Route {
    module: "shop::rates",
    parameters: &["currency"],
    access: Access::Public("prices are on the website too"),
    if_match: false,
    limits: &[LimitUse::rest(&[Limit::unlimited("a cache stands before it")])],
    views: &[ViewUse { to: ShownTo::Rest, view: &RATE }],
    arguments: &[|| ArgumentInfo::Unowned { key: text(3), reason: "a currency is nobody's" }],
    answer: AnswerInfo { problems: || vec![&problem::NOT_FOUND], ..GET },
    ..route("get_rate", Verb::Get, "/rates/{currency}")
};

pub(crate) static API: Api = Api {
    name: "Shop",
    description: "A small shop.",
    roles: &ROLES,
    versions: &VERSIONS,
    limits: &[Limit::per_principal(600).per_minute()],
    by: crate::identity::By::Unstated,
    outage: None,
    tenants: false,
    allowed: &[],
    routes: &[&[listed(&LIST), listed(&SHOW), listed(&CREATE), listed(&REMOVE)], &[listed(&RATES)]],
};
