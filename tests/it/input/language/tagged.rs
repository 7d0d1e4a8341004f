//! An enum, whose variants are told apart by a tag.

use super::*;

/// The way of delivery.
#[derive(Input, Debug, PartialEq)]
#[input(tag = "kind", check = Delivery::is_known)]
pub(super) enum Delivery {
    /// Fetched by whoever ordered.
    Pickup,
    /// Sent.
    #[input(name = "by-post")]
    Parcel {
        #[input(max_len = 10)]
        street: String,
        #[input(range = 0..=40)]
        floor: Option<u8>,
    },
}

impl Delivery {
    fn is_known(&self) -> Result<(), InvalidValue> {
        match self {
            Self::Parcel { street, .. } if street == "Nowhere" => {
                Err(InvalidValue::new("place", "a street that is there").at("street"))
            }
            Self::Pickup | Self::Parcel { .. } => Ok(()),
        }
    }
}

#[derive(Input, Debug)]
pub(super) struct Dispatch {
    #[input(items = 1..=3)]
    deliveries: Vec<Delivery>,
}

// R80
#[test]
fn a_tag_tells_the_variants_of_an_enum_apart() {
    let dispatch: Dispatch =
        decode_body(br#"{"deliveries": [{"kind": "pickup"}, {"street": "a", "kind": "by-post"}]}"#)
            .expect("a dispatch");
    let parcel = Delivery::Parcel { street: "a".to_owned(), floor: None };
    assert_eq!(dispatch.deliveries, [Delivery::Pickup, parcel]);
    for (delivery, expected) in [
        (r#"{"kind": "pickup", "street": "a"}"#, &[("/street", "unknown")][..]),
        (r#"{"kind": "parcel"}"#, &[("/kind", "choice")]),
        (r#"{"kind": 1}"#, &[("/kind", "type")]),
        (r#"{"street": "a"}"#, &[("/kind", "required")]),
        (r#""pickup""#, &[("", "type")]),
        (
            r#"{"kind": "by-post", "floor": 41, "owner": "a"}"#,
            &[("/floor", "range"), ("/owner", "unknown"), ("/street", "required")],
        ),
        (r#"{"kind": "by-post", "street": "Nowhere"}"#, &[("/street", "place")]),
    ] {
        let body = format!(r#"{{"deliveries": [{delivery}]}}"#);
        let expected: Vec<_> = expected
            .iter()
            .map(|(place, code)| (format!("/deliveries/0{place}"), (*code).to_owned()))
            .collect();
        assert_eq!(refused::<Dispatch>(&body), (422, expected), "{delivery}");
    }
}

/// Sends things.
#[post("/dispatches", version = Version::V1, public = "tests call it themselves")]
pub(super) async fn dispatch(Json(dispatch): Json<Dispatch>) -> Accepted {
    assert!(!dispatch.deliveries.is_empty());
    Accepted
}
