//! The schema of a text says what the decoder does: what it admits is taken.

mod forms;

use secure_api::{
    docs::openapi_json,
    input::{decode_body, decode_query},
    prelude::*,
};
use serde_json::{Value as Json_, json};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value)]
#[value(min_len = 1, max_len = 9, unowned = "a label is public")]
struct Label(String);

/// Texts under rules of all kinds.
#[derive(Input)]
struct Texts {
    #[input(max_len = 9)]
    line: Option<String>,
    #[input(min_len = 1, max_len = 9)]
    name: Option<String>,
    #[input(min_len = 2, max_len = 9, excludes = "bad")]
    polite: Option<String>,
    #[input(text, max_len = 9)]
    free: Option<String>,
    #[input(text, min_len = 1, max_len = 9)]
    said: Option<String>,
    #[input(pattern = "^[^<]{0,9}$")]
    pattern: Option<String>,
    #[input(pattern = "^[^<]{1,9}$")]
    seen: Option<String>,
    #[input(pattern = "^[A-Z]{1,9}$")]
    letters: Option<String>,
    #[input(max_len = 9)]
    password: Option<Secret<String>>,
    label: Option<Label>,
    plain: Option<PlainText<9>>,
    file: Option<SafeFileName>,
    path: Option<SafePath>,
}

/// A word that is looked for.
#[derive(Input)]
struct Search {
    #[input(text, min_len = 1, max_len = 9)]
    word: String,
}

/// Keeps texts.
#[post("/texts", version = Version::V1, role = Role::Member)]
async fn keep(Json(texts): Json<Texts>) -> Accepted {
    let Texts {
        line,
        name,
        polite,
        free,
        said,
        pattern,
        seen,
        letters,
        password,
        label,
        plain,
        file,
        path,
    } = texts;
    drop((
        line, name, polite, free, said, pattern, seen, letters, password, label, plain, file, path,
    ));
    Accepted
}

/// Drops what has a word.
#[delete("/texts/{label}", version = Version::V1, role = Role::Member)]
async fn forget(Unowned(label): Unowned<Label>, Query(search): Query<Search>) -> NoContent {
    assert!(!label.as_str().is_empty() && !search.word.is_empty());
    NoContent
}

/// Texts.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10).per_minute(), routes(keep, forget))]
struct Kept;

/// Every control character alone, at an end and inside, the marks that turn the direction of writing, what is drawn as
/// nothing, and what names a file elsewhere.
fn texts() -> Vec<String> {
    let marks = (0..=0xA0).chain([0xAD, 0x200B, 0x200E, 0x2028, 0x2044, 0x2066, 0x2215, 0xFEFF]);
    let marks = marks.chain(0x202A..=0x202E).chain(0x2066..=0x2069).filter_map(char::from_u32);
    let around = |mark: char| {
        [format!("{mark}"), format!("{mark}a"), format!("a{mark}"), format!("a{mark}b")]
    };
    let names = [
        "", "..", "nul.txt", "COM¹", "con", "a/b", "a//b", "a/nul", "CONIN$", "conx", "-a", "a.",
        "a. ", "bad", "<b>", "a<b", "Ä", "%2e", "a%C3", "a%",
    ];
    marks.flat_map(around).chain(names.map(str::to_owned)).collect()
}

// R85
#[test]
fn what_a_schema_admits_is_taken() {
    let text = openapi_json(&Kept::API.model(), "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let fields =
        document["components"]["schemas"]["Texts"]["properties"].as_object().expect("fields");
    assert_eq!(fields.len(), 13);
    let mut admitted = 0;
    for (name, schema) in fields {
        let validator = jsonschema::validator_for(schema).expect("a schema");
        let (mut taken, mut refused) = (0, 0);
        for text in texts() {
            let is_taken =
                decode_body::<Texts>(json!({ name.as_str(): text }).to_string().as_bytes()).is_ok();
            let is_admitted = validator.is_valid(&json!(text));
            assert!(is_taken || !is_admitted, "{name}: {text:?} by {schema}");
            taken += usize::from(is_taken);
            refused += usize::from(!is_taken);
            admitted += usize::from(is_admitted);
        }
        assert!(taken > 10 && refused > 0, "{name}: {taken} and {refused}");
    }
    assert!(admitted > 2000, "{admitted}");
    let parameters = &document["paths"]["/v1/texts/{label}"]["delete"]["parameters"];
    for parameter in
        parameters.as_array().expect("parameters").iter().filter(|one| one["in"] != "header")
    {
        let validator = jsonschema::validator_for(&parameter["schema"]).expect("a schema");
        for text in texts().iter().filter(|text| validator.is_valid(&json!(text))) {
            let word =
                percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
            let query = format!("word={word}");
            let is_taken = match parameter["in"].as_str() {
                // A path has one text for each key.
                Some("path") => text.parse::<Label>().is_ok_and(|label| label.as_str() == text),
                _ => decode_query::<Search>(Some(&query)).is_ok(),
            };
            assert!(is_taken, "{text:?} by {parameter}");
        }
    }
}
