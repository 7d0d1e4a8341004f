//! Cursors: one counts where it was given out, for the place that it was given out at, and nothing else does.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{
    api::{ask, get},
    encoded::percent,
};

/// All cursors of the list, each with the number behind which its page begins.
static GIVEN: LazyLock<BTreeMap<String, u64>> = LazyLock::new(|| {
    let mut given = BTreeMap::new();
    let mut cursor = String::new();
    while let Some(next) = page(&format!("?size=1{cursor}")).1 {
        cursor = format!("&cursor={next}");
        given.insert(next, given.len() as u64 + 1);
    }
    assert_eq!(given.len(), 249);
    given
});

/// Returns the first number of a page and the cursor behind it.
fn page(query: &str) -> (u64, Option<String>) {
    let answer = ask(get(&format!("/v1/numbers{query}")), "");
    assert!(answer.is_well(), "{query}: {answer:?}");
    (answer.json()["items"][0]["number"].as_u64().expect("a number"), answer.text("next"))
}

/// Sends bytes as a cursor; or a good one, of which a byte may be changed.
pub fn check(data: &[u8]) -> bool {
    let cursor = match data {
        [b'!', number, change @ ..] => {
            let (good, _) = GIVEN.iter().nth(usize::from(*number) % GIVEN.len()).expect("one");
            let mut bytes = good.clone().into_bytes();
            if let [place, byte, ..] = change {
                let place = usize::from(*place) % bytes.len();
                bytes[place] = *byte;
            }
            String::from_utf8_lossy(&bytes).into_owned()
        }
        _ => String::from_utf8_lossy(data).into_owned(),
    };
    let answer = ask(get(&format!("/v2/numbers?size=2&cursor={}", percent(&cursor))), "");
    let given = GIVEN.get(&cursor);
    assert_eq!(answer.is_well(), given.is_some(), "{cursor}: {answer:?}");
    if let Some(after) = given {
        let document = answer.json();
        assert_eq!(document["items"][0]["number"].as_u64(), Some(after + 1), "{document}");
    }
    given.is_some()
}
