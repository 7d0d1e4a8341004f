//! The documents, the inventory and the contract of versions in media types.

use secure_api::{
    contract::Contract,
    inventory::{ApiModel, PlaceModel},
    version::Day,
};

use super::*;
use crate::support::document::document_in as document;

fn types(value: &Value) -> Vec<&str> {
    let content = value["content"].as_object().expect("content");
    content.keys().map(String::as_str).collect()
}

#[test]
fn documents_have_the_media_type_of_their_version() {
    let model = Library::API.model();
    for (version, answered, read) in
        [("v1", &[FIRST, PLAIN][..], &[FIRST, PLAIN][..]), ("v2", &[SECOND], &[SECOND, PLAIN])]
    {
        let document = document(&model, version);
        let post = &document["paths"]["/articles"]["post"];
        let sorted = |value: &Value| -> Vec<String> {
            let mut all: Vec<_> = types(value).into_iter().map(str::to_owned).collect();
            all.sort_by_key(|one| one == PLAIN);
            all
        };
        assert_eq!(sorted(&post["responses"]["201"]), answered, "{version}");
        assert_eq!(sorted(&post["requestBody"]), read, "{version}");
        let get = &document["paths"]["/articles/{slug}"]["get"];
        assert_eq!(sorted(&get["responses"]["200"]), answered, "{version}");
        assert!(!document.to_string().contains("unknown-version"));
    }
    let second = document(&model, "v2");
    let about = &second["paths"]["/about"]["get"]["responses"]["200"];
    assert_eq!(types(about), ["text/plain"]);
    let said = format!("`Accept` states the version: `{SECOND}`.");
    assert!(about["description"].as_str().expect("a text").ends_with(&said), "{about}");
    let removed = &second["paths"]["/articles/{slug}"]["delete"]["responses"]["204"];
    assert!(removed["description"].as_str().expect("a text").ends_with(&said), "{removed}");
    let journal = document(&Journal::API.model(), "v2");
    let post = &journal["paths"]["/articles"]["post"];
    assert_eq!(
        (types(&post["requestBody"]), types(&post["responses"]["201"])),
        (vec![SECOND], vec![SECOND])
    );
}

#[test]
fn the_inventory_and_a_log_know_them() {
    let model = Library::API.model();
    let table = secure_api::inventory::routes(&model);
    let place = "; version in the media type application/vnd.acme.{version}+json\n";
    assert!(table.contains(place) && table.contains("v1 (also unstated)"), "{table}");
    let written = serde_json::to_string(&model).expect("JSON");
    assert_eq!(serde_json::from_str::<ApiModel>(&written).expect("a model"), model);
    let log = br#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] "GET /articles/bolt HTTP/1.1" 200 9
"#;
    let traffic = library().traffic_in(&log[..]).expect("a log");
    let told = "the log does not tell the version, which is in the media type application/vnd.acme.{version}+json";
    assert!(traffic.to_string().contains(told), "{traffic}");
}

/// A client that was written against the contract sends and accepts what is not there any more.
#[test]
fn a_contract_is_broken_where_the_media_type_or_the_unstated_version_changes() {
    let model = Library::API.model();
    let promised = Contract::of(&model);
    let compared = |change: fn(&mut ApiModel)| {
        let mut changed = model.clone();
        change(&mut changed);
        let report = promised.compare(&Contract::of(&changed), Day::new(2026, 11, 30));
        report.findings.iter().map(|one| one.rule).collect::<Vec<_>>()
    };
    let moved = compared(|model| {
        for version in &mut model.versions {
            version.addresses.place =
                PlaceModel::MediaType("application/vnd.other.{version}+json".to_owned());
        }
    });
    assert!(moved.contains(&"request-body-media-type-removed"), "{moved:?}");
    assert!(moved.contains(&"response-media-type-removed"), "{moved:?}");
    let unstated = compared(|model| model.versions[0].addresses.unstated = false);
    assert!(unstated.contains(&"request-body-media-type-removed"), "{unstated:?}");
    assert!(unstated.contains(&"response-media-type-removed"), "{unstated:?}");
    assert_eq!(compared(|_| {}), [""; 0]);
}
