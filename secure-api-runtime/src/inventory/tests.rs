//! The model and the tables of a small API.

use super::{
    AccessModel, ApiModel, ArgumentModel, OthersObjects, Schema, Sees, made::Schemas, matrix,
    routes,
};
use crate::{
    input::Media,
    role::RoleSet,
    shape::{FieldShape, ObjectShape, Shape},
};

pub(crate) mod shop;

use shop::{ADMIN, API, AUDITOR, CUSTOMER, ROLES, VERSIONS, field};

/// Returns the schemas of these shapes, and the small API with the objects that they name.
pub(crate) fn of_shapes(shapes: &[Shape]) -> (Vec<Schema>, ApiModel) {
    let mut schemas = Schemas::new(&VERSIONS);
    let values = shapes.iter().map(|shape| schemas.of(shape)).collect();
    (values, ApiModel { schemas: schemas.into_named(), ..API.model() })
}

// R33
// R101 in part: the inventory says what the routes say.
#[test]
fn the_inventory_lists_every_operation() {
    let text = routes(&API.model());
    let expected = "\
Shop: 5 operations; versions v1 (deprecated 2026-06-01, sunset 2036-06-01), v2; roles customer, support, admin, auditor

verb    path                        who                                    limits                               view                             handler       notes
GET     /[v1..v2]/orders            customer                               600/min per principal (inherited)    page of OrderSummary             list_orders   v1 deprecated 2026-06-01 until 2036-06-01
GET     /[v1..v2]/orders/{order}    customer                               600/min per principal (inherited)    admin: OrderAudit, OrderSummary  get_order     v1 deprecated 2026-06-01 until 2036-06-01, guarded by Order
POST    /[v1..v2]/orders            customer                               30/min per principal burst 10        OrderSummary                     create_order  v1 deprecated 2026-06-01 until 2036-06-01
DELETE  /v2/orders/{order}          admin | auditor                        600/min per principal (inherited)    -                                delete_order  guarded by Order
GET     /[v1..v2]/rates/{currency}  public: prices are on the website too  unlimited: a cache stands before it  Rate                             get_rate      v1 deprecated 2026-06-01 until 2036-06-01, unowned: a currency is nobody's

on          set by    operation     fields                                                  changed from above by
/orders/{}  customer  create_order  NewOrder.customer_email, note, items; NewItem.sku, qty  admin: delete_order
";
    assert_eq!(text, expected, "\n{text}");
}

// R33, R104
#[test]
fn the_matrix_shows_each_caller_and_what_it_sees() {
    let text = matrix(&API.model());
    let expected = "\
Shop: 5 operations; versions v1 (deprecated 2026-06-01, sunset 2036-06-01), v2; roles customer, support, admin, auditor

verb    path                        anonymous  customer               support                admin                auditor
GET     /[v1..v2]/orders            -          OrderSummary           OrderSummary           OrderSummary         -
GET     /[v1..v2]/orders/{order}    -          OrderSummary, by rule  OrderSummary, by rule  OrderAudit, by rule  -
POST    /[v1..v2]/orders            -          OrderSummary           OrderSummary           OrderSummary         -
DELETE  /v2/orders/{order}          -          -                      -                      yes, by rule         yes, by rule
GET     /[v1..v2]/rates/{currency}  Rate       Rate                   Rate                   Rate                 Rate

by rule: the object's own rule is code, and decides about each object
";
    assert_eq!(text, expected, "\n{text}");
}

// R33
#[test]
fn the_model_has_what_was_declared() {
    let model = API.model();
    let create = &model.operations[2];
    assert_eq!(create.access, AccessModel::Roles(vec!["customer".to_owned()]));
    assert_eq!((create.answer.status, create.limits_inherited), (201, false));
    let schema = Schema::Named("NewOrder".to_owned());
    let body = ArgumentModel::Body { schema, media: Media::Json, optional: false };
    assert_eq!(create.arguments, [body]);
    assert!(
        create.deprecated_in(&model.versions[0]).is_some_and(|day| day.to_string() == "2026-06-01")
    );
    let rates = &model.operations[4];
    assert_eq!(rates.access, AccessModel::Public("prices are on the website too".to_owned()));
    assert_eq!(
        rates.sees(&model)[0],
        Sees {
            caller: "anonymous",
            view: Some("Rate"),
            own: None,
            others: OthersObjects::Admitted
        }
    );
    let hatches = model.hatches().into_iter().map(|hatch| (hatch.rule, hatch.reason));
    let expected = [
        ("public", "prices are on the website too"),
        ("unlimited", "a cache stands before it"),
        ("unowned", "a currency is nobody's"),
    ];
    let expected = expected.map(|(rule, reason)| (rule.to_owned(), reason.to_owned()));
    assert_eq!(hatches.collect::<Vec<_>>(), expected);
}

#[test]
fn a_type_that_contains_itself_is_referred_to() {
    let model = API.model();
    let parent = &model.fields("OrderSummary")[3];
    let named = Schema::Named("OrderSummary".to_owned());
    assert_eq!((&*parent.name, &parent.schema), ("parent", &Schema::Nullable(Box::new(named))));
    let ids: Vec<_> = model.schemas.iter().map(|schema| &*schema.id).collect();
    assert_eq!(ids, ["OrderSummary", "Filter", "OrderAudit", "NewOrder", "NewItem", "Rate"]);
}

// R97: a model is read back equal, and tells the same.
#[test]
fn a_model_survives_being_written() {
    let model = API.model();
    let text = serde_json::to_string_pretty(&model).expect("JSON");
    let read: ApiModel = serde_json::from_str(&text).expect("a model");
    assert_eq!(read, model);
    assert_eq!((routes(&read), matrix(&read)), (routes(&model), matrix(&model)));
    let changed = text.replace("a cache stands before it", "because");
    let changed: ApiModel = serde_json::from_str(&changed).expect("a model");
    assert_ne!(changed, model);
    assert_ne!(routes(&changed), routes(&model));
}

#[test]
fn numbers_survive_being_written() {
    let ends = [f64::MIN, f64::from(f32::MAX), 0.1 + 0.2, f64::INFINITY];
    let numbers = ends.map(|minimum| Shape::Number { minimum, maximum: f64::MAX });
    let whole = [(i64::MIN.into(), u64::MAX.into())];
    let whole = whole.map(|(minimum, maximum)| Shape::Integer { minimum, maximum });
    for shape in numbers.into_iter().chain(whole) {
        let (schemas, _) = of_shapes(&[shape]);
        let text = serde_json::to_string(&schemas).expect("JSON");
        assert_eq!(serde_json::from_str::<Vec<Schema>>(&text).expect("schemas"), schemas, "{text}");
    }
}

#[test]
fn a_field_of_some_versions_says_which() {
    fn fields() -> Vec<FieldShape> {
        let versions = [0..=usize::MAX, 1..=usize::MAX, 0..=0, 2..=usize::MAX];
        let names = ["all", "new", "old", "none"].into_iter();
        let fields = names.zip(versions);
        fields
            .map(|(name, versions)| FieldShape { versions, ..field(name, Shape::Boolean, true) })
            .collect()
    }
    let (_, model) =
        of_shapes(&[Shape::Object(ObjectShape { name: "Some", description: "", fields })]);
    let fields = model.fields("Some").iter();
    let ends = fields.map(|field| (&*field.name, field.since.as_deref(), field.until.as_deref()));
    assert_eq!(
        ends.collect::<Vec<_>>(),
        [("all", None, None), ("new", Some("v2"), None), ("old", None, Some("v1"))]
    );
    let has = |place| {
        let fields = model.fields("Some").iter();
        let there = fields.filter(|field| model.has_field(place, field));
        there.map(|field| &*field.name).collect::<Vec<_>>()
    };
    assert_eq!((has(0), has(1)), (vec!["all", "old"], vec!["all", "new"]));
}

#[test]
fn the_least_roles_of_a_set_are_those_that_include_no_other_of_it() {
    let least = |set: RoleSet| set.least().collect::<Vec<_>>();
    assert_eq!(least(CUSTOMER), ["customer"]);
    assert_eq!(least(ADMIN.or(AUDITOR)), ["admin", "auditor"]);
    assert_eq!(least(RoleSet::new(0, &ROLES)), Vec::<&str>::new());
}
