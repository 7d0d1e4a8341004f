//! Names of members as a contract has them: the eight ways, one by one, and the pointers that tell them.

use super::*;

#[derive(Input, Debug)]
#[input(rename_all = "camelCase")]
struct Filter {
    #[input(max_len = 4)]
    first_name: Option<String>,
    #[input(name = "$top", range = 1..=9)]
    top: Option<u8>,
    #[input(name = "filter[kind]")]
    kind: Option<Kind>,
    #[input(name = "a/b~c", range = 1..=9)]
    odd: Option<u8>,
}

#[derive(Value, Debug, PartialEq)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
enum Kind {
    GuineaPig,
    #[value(name = "cat & \"dog\" / <both>")]
    Both,
}

#[derive(Input, Debug)]
#[input(tag = "@type", rename_all = "PascalCase", rename_all_fields = "camelCase")]
enum Treatment {
    HouseCall {
        #[input(range = 1..=9)]
        how_far: u8,
    },
    #[input(name = "check-up", rename_all = "SCREAMING-KEBAB-CASE")]
    CheckUp {
        #[input(range = 1..=9)]
        how_far: u8,
    },
}

#[derive(Input, Debug)]
struct Visit {
    treatment: Treatment,
}

#[test]
fn a_body_has_the_names_of_its_contract() {
    let body = br#"{"firstName":"Ada","$top":3,"filter[kind]":"GUINEA_PIG","a/b~c":1}"#;
    let filter: Filter = decode_body(body).expect("a filter");
    assert_eq!(filter.first_name.as_deref(), Some("Ada"));
    assert_eq!((filter.top, filter.kind, filter.odd), (Some(3), Some(Kind::GuineaPig), Some(1)));
    let both: Filter =
        decode_body(br#"{"filter[kind]":"cat & \"dog\" / <both>"}"#).expect("a filter");
    assert_eq!(both.kind, Some(Kind::Both));
    for (body, told) in [
        (r#"{"first_name":"Ada"}"#, ("/first_name", "unknown")),
        (r#"{"firstName":"Lovelace"}"#, ("/firstName", "length")),
        (r#"{"a/b~c":0}"#, ("/a~1b~0c", "range")),
        (r#"{"filter[kind]":"guinea-pig"}"#, ("/filter[kind]", "choice")),
    ] {
        let problem = decode_body::<Filter>(body.as_bytes()).expect_err(body);
        assert_eq!(mistakes(problem), pairs(&[told]), "{body}");
    }
}

#[test]
fn a_query_has_the_names_of_its_contract() {
    for query in ["%24top=3&filter%5Bkind%5D=GUINEA_PIG", "$top=3&filter[kind]=GUINEA_PIG"] {
        let filter: Filter = decode_query(Some(query)).expect(query);
        assert_eq!((filter.top, filter.kind), (Some(3), Some(Kind::GuineaPig)), "{query}");
    }
    let problem = decode_query::<Filter>(Some("filter[kind]=pig&a/b~c=0")).expect_err("wrong");
    assert_eq!(mistakes(problem), pairs(&[("filter[kind]", "choice"), ("a/b~c", "range")]));
}

#[test]
fn variants_and_their_fields_have_ways_of_their_own() {
    for (body, far) in [
        (r#"{"treatment":{"@type":"HouseCall","howFar":3}}"#, 3),
        (r#"{"treatment":{"HOW-FAR":4,"@type":"check-up"}}"#, 4),
    ] {
        let visit: Visit = decode_body(body.as_bytes()).expect(body);
        let (Treatment::HouseCall { how_far } | Treatment::CheckUp { how_far }) = visit.treatment;
        assert_eq!(how_far, far);
    }
    let body = br#"{"treatment":{"@type":"house-call","howFar":3}}"#;
    let problem = decode_body::<Visit>(body).expect_err("a name of no variant");
    assert_eq!(mistakes(problem), pairs(&[("/treatment/@type", "choice")]));
}

#[test]
fn all_eight_ways_are_those_of_serde() {
    macro_rules! way {
        ($way:literal, $field:literal, $value:literal) => {{
            #[derive(Input)]
            #[input(rename_all = $way)]
            struct Line {
                very_tasty: Taste,
            }
            #[derive(Value, PartialEq, Debug)]
            #[value(rename_all = $way)]
            enum Taste {
                VerySour,
            }
            let body = format!("{{\"{}\":\"{}\"}}", $field, $value);
            let line: Line = decode_body(body.as_bytes()).expect(&body);
            assert_eq!(line.very_tasty, Taste::VerySour);
        }};
    }
    way!("lowercase", "very_tasty", "verysour");
    way!("UPPERCASE", "VERY_TASTY", "VERYSOUR");
    way!("PascalCase", "VeryTasty", "VerySour");
    way!("camelCase", "veryTasty", "verySour");
    way!("snake_case", "very_tasty", "very_sour");
    way!("SCREAMING_SNAKE_CASE", "VERY_TASTY", "VERY_SOUR");
    way!("kebab-case", "very-tasty", "very-sour");
    way!("SCREAMING-KEBAB-CASE", "VERY-TASTY", "VERY-SOUR");
}
