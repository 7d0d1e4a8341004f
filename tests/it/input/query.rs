//! Queries, which are read strictly.

use secure_api::input::decode_form;

use super::*;

#[derive(Input, Debug)]
pub(super) struct Search {
    #[input(text, max_len = 40)]
    q: Option<String>,
    #[input(range = 1..=100)]
    limit: Option<u8>,
    #[input(range = 0.0..=1.0)]
    share: Option<f32>,
    deep: Option<bool>,
    code: Option<Code>,
}

// R84
#[test]
fn a_query_is_read_strictly() {
    let search: Search =
        decode_query(Some("q=a+b%20%C3%A9&limit=7&share=0.5&deep=true&code=ab")).expect("a search");
    assert_eq!(search.q.as_deref(), Some("a b é"));
    assert_eq!((search.limit, search.share, search.deep), (Some(7), Some(0.5), Some(true)));
    assert_eq!(search.code, Some(Code::new("ab".to_owned()).expect("a code")));
    for none in [None, Some("")] {
        assert!(decode_query::<Search>(none).is_ok_and(|search| search.q.is_none()));
    }
    let cases = [
        ("limit=1&limit=1", "limit", "repeated"),
        ("limit=1&lim%69t=1", "limit", "repeated"),
        ("page=1", "page", "unknown"),
        ("limit=101", "limit", "range"),
        ("limit=+7", "limit", "type"),
        ("limit=07", "limit", "type"),
        ("limit=", "limit", "type"),
        ("deep", "deep", "type"),
        ("share=.5", "share", "type"),
        ("share=NaN", "share", "type"),
        ("code=a", "code", "length"),
        ("q=%zz", "q", "encoding"),
        ("q=%2", "q", "encoding"),
        ("q=%FF", "q", "encoding"),
        ("q=%00", "q", "characters"),
        ("q=%0A", "q", "characters"),
        ("q=%252e", "q", "encoding"),
        ("=1", "", "syntax"),
        ("q=1&", "", "syntax"),
    ];
    for (query, pointer, code) in cases {
        let problem = decode_query::<Search>(Some(query)).expect_err(query);
        assert_eq!(problem.kind().status(), 400, "{query}");
        assert_eq!(mistakes(problem), pairs(&[(pointer, code)]), "{query}");
    }
    let many = decode_query::<Search>(Some("page=1&limit=0")).expect_err("two mistakes");
    assert_eq!(mistakes(many).len(), 2);
}

// R80
#[test]
fn a_query_or_a_form_has_256_fields_at_most() {
    let fields = |count| (0..count).map(|field| format!("f{field}=1&")).collect::<String>();
    let refused = |count| {
        let text = fields(count);
        let text = text.trim_end_matches('&');
        let query = decode_query::<Search>(Some(text)).expect_err("unknown parameters");
        let form = decode_form::<Search>(text.as_bytes()).expect_err("unknown fields");
        [
            (query.kind().status().as_u16(), mistakes(query)),
            (form.kind().status().as_u16(), mistakes(form)),
        ]
    };
    for (status, mistakes) in refused(256) {
        assert!(!mistakes.is_empty(), "{status}");
        assert!(mistakes.iter().all(|(_, code)| code == "unknown"), "{mistakes:?}");
    }
    for refused in refused(257) {
        assert_eq!(refused, (400, pairs(&[("", "size")])));
    }
}

// R80
#[test]
fn a_name_that_is_not_to_be_repeated_is_not() {
    let long = "x".repeat(65);
    assert_eq!(
        refused::<NewItem>(&format!(r#"{{"sku": "TEA", "qty": 1, "{long}": 1}}"#)).1,
        pairs(&[("", "unknown")])
    );
    let problem = decode_query::<Search>(Some(&format!("{long}=1"))).expect_err("unknown");
    assert_eq!(mistakes(problem), pairs(&[("", "unknown")]));
}
