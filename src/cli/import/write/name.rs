//! Names in Rust, made of those of the document: each is an identifier, is nobody else's, and is no longer than one can read.

use std::collections::{BTreeMap, btree_map::Entry};

use crate::cli::project::KEYWORDS;

/// The most letters of a name.
const LONGEST: usize = 60;

/// The names of types that every file of the project has: those of the framework's prelude, of Rust's, and of the project itself.
const TYPES: &str = "Accepted AcceptedAt AcceptedWith Action ApiError ApiKey ApiKeyList ApiKeys Array Authorized BTreeMap Bearer BelongsTo \
    Body Both Box ByteStream Bytes Caller CallerId Certificate Clock Clone Codes Cookies Copy Created CreatedWith Csv \
    Currency Date Debug Decimal Default Denied Docs Download DownloadKinds Dpop Drop Duration Email Eq Err \
    Event Events Exists FileKind Fn FnMut FnOnce Form FreeJson From FreeObject FreeObjectValue FreeValue Hash Headers Input InvalidValue IpAddr \
    Ipv4Addr Ipv6Addr Issuer Iterator Json KIB Key Limit Loading MIB Map Money NoContent None Nullable NumberText \
    Object Ok OpenSessions Option Ord Owned Page Paging PartialEq PartialOrd Passwords Patch Patched \
    Performed PhoneNumber PlainText ProjectApi Query RawBody RawBytes Reader Redirect Ref RequestContext Resource \
    ResponseHeaders Result Revocations RichText Role SafeFileName SafePath Scalar Scoped Secret SecretBytes Self \
    Send Service Session Sessions Sized Slug Some StartError Store StoreError StreamedBody String Sync Text TextBody Timestamp \
    ToString Tokens Unchecked Unowned Unpin Upload UploadedFile Uuid Value Vec Version WebUrl WithHeaders \
    Writer Writing";

/// The names of functions and modules that the project has of its own, or that mean something else there.
const FUNCTIONS: &str = "main unwritten serve get put post patch delete query routes api object view defaults items left_out std \
    core alloc secure_api tokio shared keys values role version credentials hatches u8 u16 u32 u64 u128 i8 i16 i32 \
    i64 i128 f32 f64 bool char str usize isize test drop derive macro_rules panic todo vec format assert \
    column line file module_path";

/// The names that are taken.
#[derive(Debug)]
pub(super) struct Names {
    /// Each with the number that the next one of this name is tried with.
    taken: BTreeMap<String, u32>,
}

impl Names {
    /// Begins with the names of types that are taken already.
    pub(super) fn of_types() -> Self {
        Self::of(TYPES)
    }

    /// Begins with the names of functions and modules that are taken already.
    pub(super) fn of_functions() -> Self {
        Self::of(FUNCTIONS)
    }

    /// Begins with none.
    pub(super) fn new() -> Self {
        Self::of("")
    }

    fn of(names: &str) -> Self {
        Self {
            taken: names.split_whitespace().map(|name| (name.to_ascii_lowercase(), 1)).collect(),
        }
    }

    /// Returns a name that nobody has: this one, or with a word or a number behind it. Names that differ by capitals alone are
    /// one: a variant and a function are made of the same.
    pub(super) fn take(&mut self, name: String, word: &str) -> String {
        let own = name.to_ascii_lowercase();
        let Some(known) = self.taken.get(&own) else {
            self.taken.insert(own, 1);
            return name;
        };
        // Those before the number were tried for others of this name.
        let mut number = *known;
        let free = loop {
            let tried = match number {
                1 if !word.is_empty() => format!("{name}{word}"),
                _ => format!("{name}{number}"),
            };
            number += 1;
            if let Entry::Vacant(free) = self.taken.entry(tried.to_ascii_lowercase()) {
                free.insert(1);
                break tried;
            }
        };
        self.taken.insert(own, number);
        free
    }
}

/// Returns the words of a name, in lower case, of ASCII alone.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        if !letter.is_ascii_alphanumeric() {
            words.push(String::new());
            before = ' ';
            continue;
        }
        // `petId` is two words, `HTTPServer` too.
        let begins = letter.is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || before.is_ascii_digit()
                || (before.is_ascii_uppercase()
                    && letters.peek().is_some_and(char::is_ascii_lowercase)));
        if begins {
            words.push(String::new());
        }
        if let Some(last) = words.last_mut() {
            last.push(letter.to_ascii_lowercase());
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty());
    let mut length = 0;
    words.retain(|word| {
        length += word.len() + 1;
        length <= LONGEST
    });
    words.iter_mut().for_each(|word| word.truncate(LONGEST));
    words
}

/// Returns the name of a type or a variant.
pub(super) fn type_name(text: &str, otherwise: &str) -> String {
    let capital = |word: String| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    let name: String = words(text).into_iter().map(capital).collect();
    match name.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{otherwise}{name}"),
        Some(_) if name == "Self" => format!("{otherwise}{name}"),
        Some(_) => name,
    }
}

/// Returns the name of a field, a function or a module.
pub(super) fn value_name(text: &str, otherwise: &str) -> String {
    let name = words(text).join("_");
    match name.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{otherwise}_{name}"),
        Some(_) if KEYWORDS.contains(&&*name) => format!("{name}_"),
        Some(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns `true` for an identifier that is no keyword.
    fn is_name(text: &str) -> bool {
        let first = text.chars().next();
        first.is_some_and(|letter| letter.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !KEYWORDS.contains(&text)
            && text != "Self"
    }

    #[test]
    fn whatever_a_document_has_becomes_a_name() {
        let long = "x".repeat(10_000);
        for text in [
            "",
            " ",
            "fn",
            "self",
            "Self",
            "type",
            "1st",
            "é",
            "pet-id",
            "petId",
            "HTTPServer",
            "a b",
            "r#fn",
            "x\"; fn f() {}",
            "../../etc",
            "$ref",
            "🦀",
            "_",
            "__",
            "a\nb",
            "crate",
            &long,
        ] {
            for name in [type_name(text, "Type"), value_name(text, "value")] {
                assert!(is_name(&name), "{text:?}: {name:?}");
                assert!(name.len() <= LONGEST + 10, "{name}");
            }
        }
        assert_eq!(value_name("petId", "value"), "pet_id");
        assert_eq!(value_name("HTTPServer", "value"), "http_server");
        assert_eq!(type_name("pet_store-item", "Type"), "PetStoreItem");
        assert_eq!(value_name("type", "value"), "type_");
    }

    #[test]
    fn a_name_is_taken_once() {
        let mut names = Names::of_types();
        assert_eq!(names.take("Pet".to_owned(), "Type"), "Pet");
        assert_eq!(names.take("Pet".to_owned(), "Type"), "PetType");
        assert_eq!(names.take("Pet".to_owned(), "Type"), "Pet2");
        assert_eq!(names.take("String".to_owned(), "Type"), "StringType");
    }
}
