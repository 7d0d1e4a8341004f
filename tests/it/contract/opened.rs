//! Planted changes of who may: callers, credentials, objects, fields, views, exceptions.

use secure_api::testing::json;

use super::facts::Row;

pub(super) fn rows() -> Vec<Row> {
    let roles = |roles: &[&str]| json!({ "roles": roles });
    let kind =
        |name: &str| json!({ "name": name, "header": null, "cookie": null, "certificate": false });
    let key = |header: Option<&str>, query: Option<&str>| json!({ "any-of": [{ "name": "ApiKey", "header": header, "query": query }] });
    let step_up =
        |acr: &[&str], age: Option<u32>| json!({ "acr": acr, "amr": [], "max_age_seconds": age });
    let hatch = |reason: &str| json!([{ "rule": "extractor", "reason": reason }]);
    let dpop = |nonces: bool| json!({ "window_seconds": 60.0, "nonces": nonces });
    vec![
        (
            "operations/put_order/access",
            roles(&["customer"]),
            json!({ "public": "it is for everybody" }),
            &["S operation-became-public", "I response-non-success-status-removed"],
            &["B operation-became-protected", "I response-non-success-status-added"],
        ),
        (
            "operations/put_order/access",
            roles(&["support"]),
            roles(&["customer"]),
            &["S role-added"],
            &["B role-removed"],
        ),
        (
            "operations/sign_in/access/public",
            json!("for one reason"),
            json!("for another reason"),
            &["W public-reason-changed"],
            &["W public-reason-changed"],
        ),
        (
            "roles/support/includes",
            json!([]),
            json!(["customer"]),
            &["S role-added"],
            &["B role-removed"],
        ),
        (
            "operations/put_order/scopes",
            json!([]),
            json!(["orders"]),
            &["B scope-added", "I response-header-added"],
            &["S scope-removed", "W optional-response-header-removed"],
        ),
        (
            "operations/put_order/step_up",
            json!(null),
            step_up(&["high"], None),
            &["B step-up-added"],
            &["S step-up-removed"],
        ),
        (
            "operations/put_order/step_up",
            step_up(&["high"], None),
            step_up(&["high", "low"], None),
            &["S step-up-loosened"],
            &["B step-up-tightened"],
        ),
        (
            "operations/put_order/step_up",
            step_up(&["high"], Some(60)),
            step_up(&["high"], Some(600)),
            &["S step-up-loosened"],
            &["B step-up-tightened"],
        ),
        (
            "operations/put_order/by",
            json!({ "any-of": [kind("Bearer")] }),
            json!({ "any-of": [kind("Bearer"), kind("ApiKey")] }),
            &["S credential-kind-added"],
            &["B credential-kind-removed"],
        ),
        (
            "operations/put_order/by",
            json!({ "all-of": [kind("Bearer"), kind("ApiKey")] }),
            json!({ "any-of": [kind("Bearer"), kind("ApiKey")] }),
            &["S credentials-asked-apart"],
            &["B credentials-asked-together"],
        ),
        (
            "operations/put_order/by",
            json!({ "all-of": [kind("Bearer"), kind("ApiKey"), kind("Dpop")] }),
            json!({ "all-of": [kind("Bearer"), kind("ApiKey")] }),
            &["S credential-kind-added"],
            &["B credential-kind-removed"],
        ),
        (
            "operations/put_order/by",
            json!({ "any-of": [kind("Bearer")] }),
            json!({ "one-of": [[kind("Bearer")], [kind("ApiKey"), kind("Certificate")]] }),
            &["S credential-kind-added"],
            &["B credential-kind-removed"],
        ),
        (
            "operations/put_order/by",
            json!({ "all-of": [kind("Certificate"), kind("ApiKey")] }),
            json!({ "one-of": [[kind("Bearer")], [kind("ApiKey"), kind("Certificate")]] }),
            &["S credential-kind-added"],
            &["B credential-kind-removed"],
        ),
        (
            "operations/put_order/by",
            key(Some("x-api-key"), None),
            key(None, Some("api_key")),
            &["B api-security-component-location-changed"],
            &["B api-security-component-location-changed"],
        ),
        (
            "operations/get_order/arguments/0/object/object",
            json!("Order"),
            json!("Parcel"),
            &["I object-rule-added", "S object-rule-removed"],
            &["I object-rule-added", "S object-rule-removed"],
        ),
        (
            "schemas/NewOrder/form/object/discount/set_by",
            json!(["admin"]),
            json!([]),
            &["S input-field-opened"],
            &["B input-field-closed"],
        ),
        (
            "schemas/NewOrder/form/object/discount/set_by",
            json!(["admin"]),
            json!(["support"]),
            &["S input-field-opened"],
            &["B input-field-closed"],
        ),
        (
            "schemas/Login/form/object/password/schema/ruled/0/text/format",
            json!("password"),
            json!(null),
            &["S secret-field-opened"],
            &[],
        ),
        ("tenants", json!(true), json!(false), &["S tenants-removed"], &["W tenants-added"]),
        (
            "operations/get_order/views/1/view/schema",
            json!("OrderView"),
            json!("OrderDesk"),
            &[
                "S view-widened",
                "I response-required-property-added",
                "I response-body-any-of-removed",
                "I request-parameter-max-items-increased",
                "I request-property-enum-value-added",
            ],
            &[
                "B view-narrowed",
                "B request-parameter-max-items-decreased",
                "B request-property-enum-value-removed",
                "I response-body-any-of-removed",
            ],
        ),
        (
            "operations/put_order/exceptions",
            json!([]),
            hatch("it reads bytes of its own"),
            &["S hatch-used"],
            &["I hatch-closed"],
        ),
        (
            "operations/put_order/exceptions",
            hatch("it reads bytes of its own"),
            hatch("it reads what it likes"),
            &["W hatch-reason-changed"],
            &["W hatch-reason-changed"],
        ),
        (
            "settings/docs/reason",
            json!(null),
            json!("everybody reads them"),
            &["S hatch-used"],
            &["I hatch-closed"],
        ),
        (
            "settings/origins",
            json!([]),
            json!(["https://shop.example"]),
            &["S origin-added"],
            &["B origin-removed"],
        ),
        (
            "settings/dpop",
            dpop(true),
            dpop(false),
            &["S proof-nonces-removed"],
            &["B proof-nonces-added"],
        ),
        ("operations/put_order/description", json!("One."), json!("Other."), &[], &[]),
        ("schemas/NewOrder/description", json!("One."), json!("Other."), &[], &[]),
    ]
}
