//! The settings of the app's own: read by serde, from the file and from variables, unknown names refused.

use std::{collections::BTreeMap, net::IpAddr};

use secure_api::{config::Config, error::StartError};
use serde::Deserialize;

use super::{Written, lines, sample, told, variables};

#[derive(Debug, PartialEq, Deserialize)]
struct Own {
    greeting: String,
    #[serde(default)]
    retries: u8,
    ratio: Option<f32>,
    #[serde(default)]
    mail: Option<Mail>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    labels: BTreeMap<String, i64>,
    color: Option<Color>,
    peer: Option<IpAddr>,
    #[serde(default)]
    verbose: bool,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Mail {
    from: String,
    reply_to: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Color {
    Red,
    Other(String),
    Mixed { red: u8 },
}

fn said(read: Result<Own, StartError>) -> String {
    lines(read.expect_err("it is not read").problems())
}

#[test]
fn they_are_read_from_the_file_and_from_variables() {
    let written = Written::new(
        "[app]\ngreeting = \"hello\"\nretries = 3\nratio = 0.5\ntags = [\"a\", \"b\"]\ncolor = \"red\"\nverbose = true\n\
         mail = { from = \"a@shop.example\" }\nlabels = { one = 1, two = -2 }\npeer = \"10.0.0.1\"\n",
    );
    let own: Own = written.config().app().expect("it is read");
    assert_eq!(
        (&*own.greeting, own.retries, own.ratio, own.verbose),
        ("hello", 3, Some(0.5), true)
    );
    assert_eq!((own.tags, own.color), (vec!["a".to_owned(), "b".to_owned()], Some(Color::Red)));
    assert_eq!(own.labels, BTreeMap::from([("one".to_owned(), 1), ("two".to_owned(), -2)]));
    assert_eq!(own.peer, Some(IpAddr::from([10, 0, 0, 1])));
    // A variable counts more, also within what the file has.
    let config = written.config().variables([
        ("SHOP_APP_GREETING", "good morning"),
        ("SHOP_APP_RETRIES", "4"),
        ("SHOP_APP_TAGS", "c, d"),
        ("SHOP_APP_VERBOSE", "false"),
        ("SHOP_APP_MAIL_REPLY_TO", "b@shop.example"),
        ("SHOP_APP_LABELS_TWO", "22"),
    ]);
    let own: Own = config.app().expect("it is read");
    assert_eq!((&*own.greeting, own.retries, own.verbose), ("good morning", 4, false));
    assert_eq!(own.tags, ["c", "d"]);
    let mail =
        Mail { from: "a@shop.example".to_owned(), reply_to: Some("b@shop.example".to_owned()) };
    assert_eq!(own.mail, Some(mail));
    assert_eq!(own.labels, BTreeMap::from([("one".to_owned(), 1), ("two".to_owned(), 22)]));
    // It was read, so the app has nothing to tell; a clone of it is the same.
    assert_eq!(told(config.clone()), "");
    assert_eq!(lines(&sample().config(config).check().problems), "");
}

#[test]
fn variants_have_something_in_them() {
    for (text, color) in [
        ("color = { other = \"teal\" }", Color::Other("teal".to_owned())),
        ("color = { mixed = { red = 5 } }", Color::Mixed { red: 5 }),
    ] {
        let own: Own = Written::new(format!("[app]\ngreeting = \"x\"\n{text}\n"))
            .config()
            .app()
            .expect("it is read");
        assert_eq!(own.color, Some(color), "{text}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_not_with_its_value() {
    for (text, told) in [
        (
            "greting = \"hush-hush\"\ngreeting = \"x\"",
            "SA902: shop.toml:2:1: there is no setting `app.greting`: did you mean `greeting`?",
        ),
        ("retries = 3", "SA903: shop.toml:1:2: `app.greeting` is missing"),
        ("greeting = \"x\"\nretries = 300", "SA903: shop.toml:3:1: `app.retries` is not u8"),
        (
            "greeting = \"x\"\nretries = \"hush-hush\"",
            "SA903: shop.toml:3:1: `app.retries` is not a whole number",
        ),
        ("greeting = 5", "SA903: shop.toml:2:1: `app.greeting` is not a text"),
        (
            "greeting = \"x\"\nverbose = \"hush-hush\"",
            "SA903: shop.toml:3:1: `app.verbose` is not `true` or `false`",
        ),
        (
            "greeting = \"x\"\npeer = \"hush-hush\"",
            "SA903: shop.toml:3:1: `app.peer` is not fit: invalid IP address syntax",
        ),
        (
            "greeting = \"x\"\ncolor = \"hush-hush\"",
            "SA903: shop.toml:3:1: `app.color` is not one of `red`, `other`, `mixed`",
        ),
        (
            "greeting = \"x\"\nmail = \"hush-hush\"",
            "SA903: shop.toml:3:1: `app.mail` is not a table",
        ),
        (
            "greeting = \"x\"\nmail = { form = \"hush-hush\", from = \"x\" }",
            "SA902: shop.toml:3:10: there is no setting `app.mail.form`: did you mean `from`?",
        ),
        ("greeting = \"x\"\nmail = {}", "SA903: shop.toml:3:1: `app.mail.from` is missing"),
        (
            "greeting = \"x\"\ntags = [\"a\", 5]",
            "SA903: shop.toml:3:14: `app.tags.1` is not a text",
        ),
        ("greeting = \"x\"\ntags = 5", "SA903: shop.toml:3:1: `app.tags"),
    ] {
        let written = Written::new(format!("[app]\n{text}\n"));
        let said = written.short(&said(written.config().app()));
        assert!(said.starts_with(told), "{text}: {said}");
        assert!(!said.contains("hush"), "{text}: {said}");
    }
    for (name, value, told) in [
        (
            "SHOP_APP_GRETING",
            "hush-hush",
            "SA902: SHOP_APP_GRETING: there is no setting `SHOP_APP_GRETING`: did you mean `SHOP_APP_GREETING`?",
        ),
        (
            "SHOP_APP_RETRIES",
            "hush-hush",
            "SA903: SHOP_APP_RETRIES: `app.retries` is not a whole number",
        ),
        (
            "SHOP_APP_MAIL_FORM",
            "hush-hush",
            "SA902: SHOP_APP_MAIL_FORM: there is no setting `SHOP_APP_MAIL_FORM`: did you mean `SHOP_APP_MAIL_FROM`?",
        ),
        ("SHOP_APP_PEER", "hush-hush", "SA903: SHOP_APP_PEER: `app.peer` is not fit: "),
        (
            "SHOP_APP_GREETING_TEXT",
            "hush-hush",
            "SA902: SHOP_APP_GREETING_TEXT: there is no setting `SHOP_APP_GREETING_TEXT`: did you mean `SHOP_APP_GREETING`?",
        ),
        ("SHOP_APP_TAGS_0", "hush-hush", "SA902: SHOP_APP_TAGS_0: there is no setting"),
        ("SHOP_APP_RATIO_OF", "0.5", "SA902: SHOP_APP_RATIO_OF: there is no setting"),
        ("SHOP_APP_VERBOSE_LOG", "true", "SA902: SHOP_APP_VERBOSE_LOG: there is no setting"),
        ("SHOP_APP_COLOR_OTHER", "hush-hush", "SA902: SHOP_APP_COLOR_OTHER: there is no setting"),
    ] {
        let said = said(variables(&[("SHOP_APP_GREETING", "x"), (name, value)]).app());
        assert!(said.starts_with(told), "{name}: {said}");
        assert!(!said.contains("hush"), "{name}: {said}");
    }
    let missing = said(Config::named("shop").app());
    assert_eq!(missing, "SA903: SHOP_APP_GREETING: `app.greeting` is missing");
}

#[test]
fn two_files_have_settings_of_the_apps_own() {
    let (one, other) =
        (Written::new("[app]\ngreeting = \"x\"\n"), Written::new("[app]\nretries = 5\n"));
    let own: Own = one.config().file(other.path()).app().expect("it is read");
    assert_eq!((&*own.greeting, own.retries), ("x", 5));
    let twice = Written::new("[app]\ngreeting = \"y\"\n");
    let said = said(one.config().file(twice.path()).app());
    assert!(
        said.starts_with("SA904: ") && said.contains("`app.greeting` is stated already"),
        "{said}"
    );
}

/// A type of the app's may repeat what it was given.
#[test]
fn a_message_that_repeats_the_value_is_left_out() {
    #[derive(Debug)]
    struct Odd;

    impl<'de> Deserialize<'de> for Odd {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            let text = String::deserialize(from)?;
            let said = match text.split_once(' ') {
                Some(("cut", rest)) => format!("`{}…` is even", &rest[..5]),
                Some(("escaped", rest)) => format!("{rest:?} is even"),
                Some(("turned", rest)) => rest.chars().rev().collect(),
                Some(_) => "it is even".to_owned(),
                None => format!("`{text}` is even"),
            };
            Err(serde::de::Error::custom(said))
        }
    }

    #[derive(Debug, Deserialize)]
    struct Holds {
        #[expect(dead_code, reason = "it is never read whole")]
        odd: Odd,
    }

    let told = |value: &str| {
        let read = variables(&[("SHOP_APP_ODD", value)]).app::<Holds>();
        lines(read.expect_err("it is even").problems())
    };
    for value in
        ["hush-hush", "cut hush-hush", "escaped hu\"sh\u{e9}hush", "turned hush-and-never-tell"]
    {
        let kind = "SA903: SHOP_APP_ODD: `app.odd` is not of the form that the app reads";
        assert_eq!(told(value), kind);
    }
    assert_eq!(told("4 8"), "SA903: SHOP_APP_ODD: `app.odd` is not fit: it is even");
}

// Which of them is a secret nobody but the app knows, so each is told with its place alone.
#[test]
fn a_check_lists_them_without_their_values() {
    let written = Written::new(
        "[app]\ngreeting = \"from the file\"\nretries = 3\nmail = { from = \"a@shop.example\" }\nlabels = {}\n",
    );
    let config = written
        .config()
        .variables([("SHOP_APP_RETRIES", "47"), ("SHOP_APP_TAGS", "hidden"), ("SHOP_APP_X", "1")])
        .apart(["SHOP_APP_X"]);
    let found = sample().config(config).check();
    let own = found.settings.iter().filter(|setting| setting.name.starts_with("app"));
    let own = own.map(|setting| {
        let shown = |text: &Option<String>| written.short(text.as_deref().unwrap_or("-"));
        format!("{} {} {}", setting.name, shown(&setting.value), shown(&setting.from))
    });
    assert_eq!(
        own.collect::<Vec<_>>(),
        [
            "app.greeting (not shown) shop.toml:2",
            "app.mail.from (not shown) shop.toml:4",
            "app.labels (not shown) shop.toml:5",
            "app (not shown) SHOP_APP_RETRIES",
            "app (not shown) SHOP_APP_TAGS",
        ]
    );
    assert_eq!(lines(&found.problems).matches("SA906").count(), 1, "{:?}", found.problems);
}
