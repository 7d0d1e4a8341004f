//! Typed values from outside: what hurts is not held by any, and what each holds has one text.

use std::{fmt::Debug, fs, io::ErrorKind, io::Read, path::PathBuf};

use proptest::prelude::*;
use secure_api::{
    input::{Input, Leaf, decode_body},
    prelude::*,
    value::{
        Currency, Decimal, Email, Money, PhoneNumber, PlainText, SafeFileName, SafePath, Slug,
        WebUrl, is_public,
    },
};

fn refuses<T: Leaf + Debug>(texts: &[&str]) {
    for text in texts {
        if let Ok(value) = T::parse(text) {
            panic!("accepted: {text:?} as {value:?}");
        }
    }
}

fn keeps<T: Leaf>(texts: &[(&str, &str)]) {
    for (text, kept) in texts {
        let value = T::parse(text).unwrap_or_else(|invalid| panic!("{text:?}: {invalid}"));
        assert_eq!(value.to_text(), *kept, "{text:?}");
        let again = T::parse(kept).expect("what is written is read");
        assert_eq!(again.to_text(), *kept, "{text:?}");
    }
}

#[test]
fn an_address_of_mail_is_one_address() {
    keeps::<Email>(&[("a@b.example", "a@b.example"), ("A.b+c@B.Example", "A.b+c@b.example")]);
    let long = format!("{}@b.example", "a".repeat(250));
    refuses::<Email>(&[
        "",
        "a",
        "a@",
        "@b.example",
        "a@b@c.example",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\u{0}",
        "<a@b.example>",
        "\"a b\"@b.example",
        "a(c)@b.example",
        "a..b@b.example",
        ".a@b.example",
        "a@b .example",
        &long,
    ]);
    let email: Email = "alice@b.example".parse().expect("an address");
    assert!(!format!("{email:?}").contains("alice"));
}

// R92: the part that can be told without connecting.
#[test]
fn a_url_leads_to_no_neighbour() {
    keeps::<WebUrl>(&[
        ("https://shop.example", "https://shop.example/"),
        ("HTTP://Shop.Example:80/a%20b", "http://shop.example/a%20b"),
        ("https://93.184.215.14:8443/", "https://93.184.215.14:8443/"),
        (
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        ),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ]);
    refuses::<WebUrl>(&[
        "",
        "shop.example",
        "//shop.example",
        "https:shop.example",
        "https:///shop.example",
        "https:\\\\shop.example",
        "https://shop.example\\@127.0.0.1/",
        "javascript:alert(1)",
        "java\nscript://shop.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "ftp://shop.example/",
        "gopher://shop.example/",
        "https://user@shop.example/",
        "https://user:password@shop.example/",
        "https://@shop.example/",
        "https://shop.example@127.0.0.1/",
        "https://shop.example:0/",
        "https://shop.example:99999/",
        " https://shop.example/",
        "https://shop.example/\r\nx",
        "https://sh\top.example/",
        // Names that are not on the public internet.
        "http://localhost/",
        "http://LOCALHOST./",
        "http://a.localhost/",
        "http://localhost.localdomain/",
        "http://%6cocalhost/",
        "http://ｌｏｃａｌｈｏｓｔ/",
        "http://redis/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://router.home.arpa/",
        "http://a..example/",
        // One address in all its spellings.
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://127.1/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.01/",
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://%31%32%37.0.0.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1%25eth0]/",
        "http://[fd00:ec2::254]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0xa9fea9fe/",
        "http://2852039166/",
        "http://[::ffff:169.254.169.254]/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
    ]);
    let url: WebUrl = "https://shop.example/reset?token=t0ken".parse().expect("a URL");
    assert!(!format!("{url:?}").contains("t0ken"));
    for (url, host) in [
        ("https://shop.example:8443/a", "shop.example"),
        (
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:1/",
            "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]",
        ),
    ] {
        assert_eq!(url.parse::<WebUrl>().expect("a URL").host(), host);
    }
}

#[test]
fn edges_of_private_networks_are_exact() {
    for public in [
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "223.255.255.255",
        "2a00::1",
        "2001:4860:4860::8888",
    ] {
        assert!(is_public(public.parse().expect("an address")), "{public}");
    }
    for private in [
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "172.16.0.0",
        "192.0.0.8",
        "224.0.0.0",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "fc00::1",
        "4000::1",
    ] {
        assert!(!is_public(private.parse().expect("an address")), "{private}");
    }
}

// R86
#[test]
fn a_path_names_nothing_above_it() {
    keeps::<SafePath>(&[("a", "a"), ("a/b.c/d", "a/b.c/d"), ("e\u{301}/x", "é/x")]);
    let deep = ["a"; 33].join("/");
    let long = ["a".repeat(250), "b".repeat(250), "c".repeat(250), "d".repeat(250), "e".repeat(30)]
        .join("/");
    refuses::<SafePath>(&[
        "",
        "/",
        "/etc/passwd",
        "//server/share",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/..",
        "a/../b",
        "a/./b",
        "a/.../b",
        "..\\a",
        "a\\..\\b",
        "\\\\server\\share",
        "C:",
        "C:\\a",
        "C:/a",
        "c:a",
        "a/b:stream",
        "a\0",
        "a/b\n",
        "~/a",
        "a/~root",
        "-rf",
        "a/-rf",
        ".ssh/id",
        "a/.git",
        "a/b.",
        "a/b ",
        " a",
        "a/con",
        "a/NUL.txt",
        "a/com1.log",
        "a/COM¹",
        "a/*",
        "a/b?",
        "..%2f..%2fa/..",
        "a/\u{202e}b",
        "a\u{2215}b",
        "．．/a",
        "a／b",
        &deep,
        &long,
    ]);
    refuses::<SafeFileName>(&[
        "a/b",
        "..",
        "",
        ".env",
        "aux",
        "x\u{7f}",
        "x\t",
        &"a".repeat(256),
        &"é".repeat(128),
    ]);
    keeps::<SafeFileName>(&[
        ("console.log", "console.log"),
        ("com10", "com10"),
        ("a b.tar.gz", "a b.tar.gz"),
    ]);
}

/// A folder of its own, gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("secure-api-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(path.join("root/inner")).expect("a folder");
        fs::write(path.join("secret"), "secret").expect("a file");
        fs::write(path.join("root/inner/note"), "hello").expect("a file");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

// R86: through symbolic links too.
#[cfg(unix)]
#[test]
fn a_path_stays_below_its_root_through_links() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links");
    let root = folder.0.join("root");
    symlink("../secret", root.join("file")).expect("a link");
    symlink(&folder.0, root.join("up")).expect("a link");
    symlink("inner", root.join("within")).expect("a link");
    symlink("../created", root.join("dangling")).expect("a link");
    symlink("loop", root.join("loop")).expect("a link");
    fs::create_dir(folder.0.join("root-beside")).expect("a folder");
    fs::write(folder.0.join("root-beside/x"), "").expect("a file");
    symlink("../root-beside", root.join("beside")).expect("a link");
    let path = |text: &str| text.parse::<SafePath>().expect("a path");
    let kind = |text: &str| path(text).resolve(&root).map_err(|error| error.kind());
    let real = root.canonicalize().expect("a folder");
    assert_eq!(kind("inner/note"), Ok(real.join("inner/note")));
    assert_eq!(kind("within/note"), Ok(real.join("inner/note")));
    assert_eq!(kind("inner/new"), Ok(real.join("inner/new")));
    assert_eq!(kind("within/new"), Ok(real.join("inner/new")));
    for text in ["file", "up", "up/secret", "up/new", "dangling", "beside/x", "beside/new"] {
        assert_eq!(kind(text), Err(ErrorKind::PermissionDenied), "{text}");
    }
    assert!(kind("loop").is_err());
    assert_eq!(kind("absent/new"), Err(ErrorKind::NotFound));
    assert!(path("a").resolve(&folder.0.join("absent")).is_err());

    let mut text = String::new();
    let mut file = path("within/note").open(&root).expect("a file");
    file.read_to_string(&mut text).expect("text");
    assert_eq!(text, "hello");
    for refused in ["file", "up/secret", "inner", "inner/absent"] {
        assert!(path(refused).open(&root).is_err(), "{refused}");
    }
}

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
        ("a<b", "a< b"),
        ("I <3 tea", "I <3 tea"),
        ("<b>bold</b> &amp; <i>slim</i>", "bold & slim"),
        ("R&D", "R&D"),
        ("caf&eacute;", "caf&eacute;"),
        ("a&#0;b", "a\u{fffd}b"),
        ("a<!-- b -->c", "ac"),
        ("a\u{202e}b", "ab"),
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
    assert_eq!(PlainText::<20>::parse(&"<b>".repeat(60)).map(String::from), Ok(String::new()));
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
}

#[test]
fn a_number_of_a_telephone_and_a_slug_have_one_form() {
    keeps::<PhoneNumber>(&[("+4930901820", "+4930901820")]);
    refuses::<PhoneNumber>(&[
        "",
        "+",
        "+49 30901820",
        "4930901820",
        "+0493090182",
        "+٤٩٣٠٩٠١٨٢٠",
        "+4930901820\n",
        "+4930901820;ext=1",
        "+1234567890123456",
    ]);
    keeps::<Slug>(&[("tea-2", "tea-2")]);
    refuses::<Slug>(&[
        "",
        "-",
        "tea-",
        "Tea",
        "tea_2",
        "tea--2",
        "té",
        "tea/2",
        "tea\n",
        &"a".repeat(101),
    ]);
}

#[test]
fn a_decimal_is_exact_and_has_one_text() {
    keeps::<Decimal>(&[
        ("0", "0"),
        ("-0.5", "-0.5"),
        ("12.50", "12.50"),
        ("0.100000000000000000000000001", "0.100000000000000000000000001"),
        ("9999999999999999999999999999", "9999999999999999999999999999"),
    ]);
    refuses::<Decimal>(&[
        "",
        "-",
        "+1",
        "01",
        ".5",
        "1.",
        "1e3",
        "1,5",
        "1_000",
        "0x1",
        "NaN",
        "inf",
        "-0",
        "-0.00",
        " 1",
        "٣",
        "99999999999999999999999999999",
        "0.00000000000000000000000000001",
    ]);
    assert_eq!(Decimal::new(1250, 2).map(|number| number.to_string()), Some("12.50".to_owned()));
}

#[test]
fn an_amount_has_a_currency_and_its_digits() {
    keeps::<Money>(&[
        ("EUR 12.50", "EUR 12.50"),
        ("JPY 1250", "JPY 1250"),
        ("KWD 1.005", "KWD 1.005"),
        ("EUR -3.00", "EUR -3.00"),
        ("USD 999999999999999.99", "USD 999999999999999.99"),
    ]);
    refuses::<Money>(&[
        "",
        "EUR",
        "EUR ",
        "12.50",
        "EUR12.50",
        "eur 12.50",
        "EUR 12.5",
        "EUR 12.500",
        "EUR 12",
        "JPY 1.00",
        "EUR 1,00",
        "EUR  1.00",
        "EUR +1.00",
        "EUR 01.00",
        "EUR -0.00",
        "XXX 1.00",
        "XBT 1.00",
        "USD 1000000000000000.00",
        "EUR 1.00\n",
    ]);
    let currency: Currency = "EUR".parse().expect("a currency");
    let one = Money::new(100, currency).expect("an amount");
    assert_eq!(one.checked_add(one).map(|sum| sum.to_string()), Some("EUR 2.00".to_owned()));
    assert_eq!(
        one.checked_add(Money::new(1, "USD".parse().expect("a currency")).expect("an amount")),
        None
    );
    assert_eq!((one.checked_mul(i64::MAX), Money::new(i64::MIN, currency)), (None, None));
}

/// Everything that a form of an offer holds.
#[derive(Input, Debug)]
struct Offer {
    #[input(range = 1..=1000)]
    price: Money,
    #[input(range = 0.0..=0.5)]
    share: Option<Decimal>,
    homepage: Option<WebUrl>,
    contact: Option<Contact>,
    about: Option<PlainText<20>>,
}

#[derive(Value, Debug, Clone, PartialEq)]
struct Contact(Email);

// R79 R80 R89
#[test]
fn values_are_fields_of_inputs() {
    let body = r#"{"price": "EUR 12.50", "share": "0.25", "homepage": "https://b.example/", "contact": "a@b.example", "about": "<i>tea</i>"}"#;
    let offer: Offer = decode_body(body.as_bytes()).expect("an offer");
    assert_eq!(
        (offer.price.minor(), offer.share.map(|share| share.to_string())),
        (1250, Some("0.25".into()))
    );
    assert_eq!(offer.homepage.as_ref().map(WebUrl::host), Some("b.example"));
    assert_eq!(offer.about.as_ref().map(PlainText::as_str), Some("tea"));
    assert_eq!(
        offer.contact.map(|contact| contact.get().domain().to_owned()),
        Some("b.example".into())
    );
    let body = r#"{"price": "EUR 0.99", "share": 0.25, "homepage": "http://127.1/", "contact": "a", "about": "aaaaaaaaaaaaaaaaaaaaa"}"#;
    let expected = [
        ("/price", "range"),
        ("/share", "type"),
        ("/homepage", "url"),
        ("/contact", "email"),
        ("/about", "text"),
    ];
    assert_eq!(super::refused::<Offer>(body), (422, super::pairs(&expected)));
    let over = r#"{"price": "EUR 1000.01", "share": "0.51"}"#;
    assert_eq!(
        super::refused::<Offer>(over).1,
        super::pairs(&[("/price", "range"), ("/share", "range")])
    );
    let shapes = Offer::field_shapes();
    assert!(shapes.iter().all(|field| field.required == (field.name == "price")));
}

// R89
#[test]
fn no_value_breaks_a_header() {
    for text in [
        "a\r\nb",
        "a\nb",
        "https://b.example/\r\nx: y",
        "a@b.example\r\n",
        "+4930901820\r\n",
        "EUR 1.00\r\n",
    ] {
        refuses::<Email>(&[text]);
        refuses::<WebUrl>(&[text]);
        refuses::<Slug>(&[text]);
        refuses::<SafeFileName>(&[text]);
        refuses::<SafePath>(&[text]);
        refuses::<PhoneNumber>(&[text]);
        refuses::<Money>(&[text]);
        refuses::<Decimal>(&[text]);
    }
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
        }
    }

    // R86
    #[test]
    fn whatever_is_sent_a_path_stays_relative(text in "[./\\\\a:~ \u{0}-]{0,12}") {
        if let Ok(path) = SafePath::parse(&text) {
            let path = PathBuf::from(path.as_str());
            prop_assert!(path.components().all(|part| matches!(part, std::path::Component::Normal(_))));
        }
    }

    #[test]
    fn whatever_is_sent_no_value_panics(text in ".{0,80}", scheme in "https?://.{0,40}") {
        for text in [text, scheme] {
            drop((Email::parse(&text), WebUrl::parse(&text), SafePath::parse(&text), Slug::parse(&text)));
drop((PhoneNumber::parse(&text), Money::parse(&text), Decimal::parse(&text)));
            drop(PlainText::<40>::parse(&text));
        }
    }
}
