//! Text by people, with no markup or with some.

use super::*;

/// Returns `true` if HTML would be read as anything else than one run of text.
fn has_markup(text: &str) -> bool {
    let mut starts = text.match_indices('<').map(|(place, _)| text[place + 1..].chars().next());
    starts.any(|next| next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(next)))
}

/// Attacks that are known to have passed filters.
const VECTORS: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt >alert(1)</sCrIpT >",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>script>alert(1)<</script>/script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<a href=\"java&#10;script:alert(1)\">x</a>",
    "<a href=javascript&colon;alert(1)>x</a>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "&#60;script&#62;alert(1)&#x3c;/script&#x3E;",
    "&#0000060script&#0000062alert(1)",
    "&ltscript&gtalert(1)&LT/script&GT;",
    "<\u{0}script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><x>",
    "</p><plaintext>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<style>@import 'x'</style><template><b>",
    "<title><img src=x onerror=alert(1)></title>",
    "\u{feff}<script\u{feff}>x",
];

// R87
#[test]
fn no_markup_survives_in_plain_text() {
    keeps::<PlainText<60>>(&[
        ("tea", "tea"),
        (" a\r\nb\tc ", "a\nb\tc"),
        ("e\u{301}", "é"),
        ("3 < 4 && 5 > 4", "3 < 4 && 5 > 4"),
        ("I <3 tea", "I <3 tea"),
        ("<", "<"),
        ("a <= b <> c << d <-- e", "a <= b <> c << d <-- e"),
        ("<é> <_x> <$1> <\"a\">", "<é> <_x> <$1> <\"a\">"),
        ("R&D", "R&D"),
        ("AT&amp;T &lt; &#60; x", "AT&amp;T &lt; &#60; x"),
        ("caf&eacute;", "caf&eacute;"),
        ("a&#0;b", "a&#0;b"),
        ("a\u{202e}b", "ab"),
    ]);
    // What HTML would read as markup is refused, and nothing of it is lost in silence.
    refuses::<PlainText<60>>(&[
        "if a<b and c>d then",
        "a<b",
        "a<B>c",
        "Vec<String>",
        "Alice <alice@b.example>",
        "see <https://b.example/>",
        "<b>bold</b> & <i>slim</i>",
        "a<!-- b -->c",
        "a<!b",
        "a</b",
        "a</>",
        "a<?b?>",
        "a<\u{7}b>",
        "a&lt;b&gt;",
        "a&LTb",
        "a&amp;lt;b",
        "a&#60;b",
        "a&#x3c;/b",
        "a&amp;#60;b",
        "a<&#98;>",
        "a<&#7;b>",
    ]);
    for vector in VECTORS {
        if let Ok(text) = PlainText::<200>::parse(vector) {
            assert!(!has_markup(text.as_str()), "{vector} became {}", text.as_str());
            let lower = text.as_str().to_lowercase();
            assert!(!lower.contains("&lt") && !lower.contains("&#"), "{vector} became {lower}");
        }
    }
    let layers = format!("&{}lt;b>", "amp;".repeat(40));
    let long = "a".repeat(21);
    refuses::<PlainText<20>>(&[&layers, "a\0b", &long, &"<b>".repeat(400)]);
    let text = format!("  {}  ", "é".repeat(20));
    assert_eq!(PlainText::<20>::parse(&text).map(String::from), Ok("é".repeat(20)));
    let secret: PlainText<20> = "diagnosis".parse().expect("text");
    assert_eq!(format!("{secret:?}"), "PlainText(9 characters)");
}

// R87
#[cfg(feature = "html")]
#[test]
fn only_listed_markup_survives_in_rich_text() {
    use secure_api::value::RichText;
    let link = r#"<a href="https://b.example/" rel="noopener noreferrer nofollow">b</a>"#;
    keeps::<RichText<200>>(&[
        ("a<b", "a"),
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<b>a", "<b>a</b>"),
        (r#"<a href="https://b.example/" onclick=x() style=y target=_blank>b</a>"#, link),
        ("<div><p id=x class=y>a</div>", "<p>a</p>"),
        ("<a href=/b>b</a>", r#"<a rel="noopener noreferrer nofollow">b</a>"#),
        ("1 &lt; 2 &amp; 3", "1 &lt; 2 &amp; 3"),
    ]);
    for vector in VECTORS {
        let Ok(text) = RichText::<400>::parse(vector) else { continue };
        let lower = text.as_str().to_lowercase();
        for gone in [
            "<script",
            "<img",
            "<svg",
            "<math",
            "<style",
            "<iframe",
            "javascript",
            "<!--",
            "<noscript",
            "<title",
        ] {
            assert!(!lower.contains(gone), "{vector} became {lower}");
        }
        assert_eq!(
            RichText::<400>::parse(text.as_str()).map(String::from),
            Ok(text.into()),
            "{vector}"
        );
    }
    refuses::<RichText<20>>(&["a\0b", &"a".repeat(21), &"<b>".repeat(3)]);
    // What nests deeply costs no more than it is long.
    let deep = ["<ul><li>".repeat(8000), "<b><i>".repeat(10_000), "<table><td>".repeat(5000)];
    refuses::<RichText<64_000>>(&deep.each_ref().map(String::as_str));
    let wide = "<p>a <b>b</b></p>".repeat(3000);
    keeps::<RichText<64_000>>(&[(&wide, &wide)]);
}

proptest! {
    // R87
    #[test]
    fn whatever_is_sent_plain_text_has_no_markup(
        parts in prop::collection::vec(prop::sample::select(vec!["<", ">", "&", "&lt;", "&#60;", "&amp;", "lt;", "#60", "!--", "--", "script", "/", "b", " ", "\"", "?", "\u{301}"]), 0..40),
        other in ".{0,20}",
    ) {
        let text = parts.concat() + &other;
        if let Ok(text) = PlainText::<400>::parse(&text) {
            prop_assert!(!has_markup(text.as_str()), "{}", text.as_str());
            prop_assert_eq!(PlainText::<400>::parse(text.as_str()), Ok(text));
        } else {
            // It is refused for a `<`, in some layer, or what is no text.
            prop_assert!(text.contains(['<', '&', '\0']) || text.chars().count() > 400, "{}", text);
        }
    }
}
