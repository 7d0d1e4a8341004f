//! Questions on text that have more than one good answer: the one that the book states, from outside.

use secure_api::{input::decode_body, prelude::*};
use serde_json::json;

#[derive(Input, Debug)]
struct Line {
    #[input(min_len = 1, max_len = 4)]
    line: String,
    #[input(text, max_len = 9)]
    free: Option<String>,
}

fn line(text: &str) -> Option<String> {
    let body = json!({ "line": text }).to_string();
    decode_body::<Line>(body.as_bytes()).ok().map(|read| read.line)
}

fn free(text: &str) -> Option<String> {
    let body = json!({ "line": "a", "free": text }).to_string();
    decode_body::<Line>(body.as_bytes()).ok()?.free
}

// R85
#[test]
fn composed_letters_are_one_text_and_compatible_ones_are_two() {
    assert_eq!(line("e\u{301}").as_deref(), Some("\u{e9}"));
    assert_eq!(line("\u{212b}").as_deref(), Some("\u{c5}"));
    for kept in ["\u{fb01}", "\u{2460}", "\u{ff21}", "x\u{b2}"] {
        assert_eq!(line(kept).as_deref(), Some(kept), "NFKC would change it");
    }
    let name = |text: &str| text.parse::<SafeFileName>().map(|name| name.as_str().to_owned());
    assert_eq!(name("e\u{301}.pdf"), Ok("\u{e9}.pdf".to_owned()));
}

// R85
#[test]
fn a_length_counts_unicode_scalar_values_after_they_are_composed() {
    // Sixteen octets, eight units of UTF-16.
    assert!(line("😀😀😀😀").is_some());
    assert!(line("😀😀😀😀😀").is_none());
    // Four letters in twelve scalar values, composed to four.
    assert!(
        line("\u{1112}\u{1161}\u{11ab}\u{1112}\u{1161}\u{11ab}\u{1112}\u{1161}\u{11ab}").is_some()
    );
    // A family of five values is one picture.
    assert!(line("👩\u{200d}👩\u{200d}👧").is_none());
    assert!(
        "😀😀😀😀".parse::<PlainText<4>>().is_ok() && "😀😀😀😀😀".parse::<PlainText<4>>().is_err()
    );
}

// R85
#[test]
fn lengths_of_addresses_and_file_names_count_octets() {
    // 250 characters are 500 octets.
    assert!("é".repeat(127).parse::<SafeFileName>().is_ok());
    assert!("é".repeat(128).parse::<SafeFileName>().is_err());
    let labels =
        |count: usize| format!("a@{}example", format!("{}.", "b".repeat(60)).repeat(count));
    assert!(labels(4).parse::<Email>().is_ok() && labels(5).parse::<Email>().is_err());
    // Counted as it is kept: each letter of the domain is more octets in punycode, and of a path in escapes.
    let url =
        |letters: usize| format!("https://shop.example/{}", "é".repeat(letters)).parse::<WebUrl>();
    assert!(url(337).is_ok(), "21 octets and 6 for each letter are 2043");
    assert!(url(338).is_err(), "2049");
}

// R85
#[test]
fn look_alikes_are_letters_of_their_own_and_what_turns_the_direction_is_none() {
    let cyrillic = "\u{440}\u{430}y";
    assert_eq!(line(cyrillic).as_deref(), Some(cyrillic));
    assert!(format!("{cyrillic}.pdf").parse::<SafeFileName>().is_ok());
    for turning in ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}'] {
        assert_eq!(line(&format!("a{turning}b")), None);
        assert_eq!(free(&format!("a{turning}b")).as_deref(), Some("ab"));
        assert!(format!("a{turning}fdp.exe").parse::<SafeFileName>().is_err());
    }
    // A mark of direction turns nothing but itself, and scripts need joiners.
    for kept in ["a\u{200e}b", "a\u{200d}b"] {
        assert_eq!(line(kept).as_deref(), Some(kept));
    }
}

// R85
#[test]
fn the_white_space_of_unicode_is_trimmed_and_nothing_else() {
    for space in [
        "\u{85}", "\u{a0}", "\u{1680}", "\u{2000}", "\u{200a}", "\u{2028}", "\u{202f}", "\u{205f}",
        "\u{3000}",
    ] {
        assert_eq!(free(&format!("{space}a b{space}")).as_deref(), Some("a b"), "{space:?}");
    }
    // Without width, and no white space: beside letters it stays, alone it is empty.
    for unseen in ["\u{200b}", "\u{feff}", "\u{180e}", "\u{e0020}"] {
        let around = format!("{unseen}a{unseen}");
        assert_eq!(free(&around), Some(around), "{unseen:?}");
        assert_eq!(free(unseen).as_deref(), Some(""), "{unseen:?}");
        assert_eq!(line(unseen), None, "{unseen:?}");
    }
}

// R85
#[test]
fn character_references_are_kept_as_they_are_written_and_markup_behind_them_is_refused() {
    let text = |text: &str| text.parse::<PlainText<40>>().map(|text| text.as_str().to_owned());
    for kept in ["R&amp;D", "3 &lt; 4", "caf&eacute;", "&#60;3", "&lt;"] {
        assert_eq!(text(kept), Ok(kept.to_owned()));
    }
    for refused in ["&lt;b", "&#60;b", "&#x3c;/b", "&amp;lt;b"] {
        assert!(text(refused).is_err(), "{refused}");
    }
}
