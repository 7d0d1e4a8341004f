//! An API whose inputs have each rule and each form that there is.

use std::collections::BTreeMap;

use secure_api::{
    prelude::*,
    value::{
        Currency, Date, Decimal, Email, Money, PhoneNumber, PlainText, SafeFileName, SafePath,
        Slug, Uuid, WebUrl,
    },
};

#[derive(Role)]
enum Role {
    Member,
    #[role(includes(Member))]
    Admin,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, PartialEq, Eq, PartialOrd, Ord)]
enum Color {
    Red,
    #[value(name = "sea-green")]
    SeaGreen,
}

#[derive(Value)]
#[value(
    pattern = "^[a-z]{2}[0-9]{2}(?:-[a-z]+)?$",
    max_len = 12,
    unowned = "a code is nobody's",
    reserved("ab34-efgh")
)]
struct Code(String);

/// Text under each rule that there is.
#[derive(Input)]
pub(super) struct Texts {
    #[input(max_len = 3)]
    longer_than_its_room: String,
    #[input(min_len = 100, max_len = 120)]
    long: String,
    #[input(min_len = 2, max_len = 2)]
    k: String,
    #[input(text, max_len = 500)]
    note: Option<String>,
    #[input(email)]
    email: String,
    #[input(pattern = "^[0-9]{16}$")]
    digits: String,
    #[input(pattern = "^(?:ab|cd)+x?$", min_len = 11, max_len = 12)]
    repeated: String,
    #[input(pattern = "^[α-ω]{3,5}$")]
    greek: String,
    #[input(pattern = r"^[^a-z]+$", max_len = 20)]
    without: String,
    #[input(
        pattern = "^([a-z]{2,8})(-[A-Za-z0-9]{1,8})*$",
        max_len = 20,
        contains = "-",
        excludes = "abc"
    )]
    language: String,
    #[input(max_len = 63, contains = ".", excludes = "..")]
    host: String,
    #[input(max_len = 12, excludes = "e")]
    excluded: String,
    code: Code,
    color: Color,
    colors: Option<Color>,
}

/// Values that have a form of their own.
#[derive(Input)]
pub(super) struct Forms {
    other: Uuid,
    at: Timestamp,
    day: Date,
    address: std::net::IpAddr,
    email: Email,
    url: WebUrl,
    slug: Slug,
    phone: PhoneNumber,
    file: SafeFileName,
    path: SafePath,
    currency: Currency,
    #[input(range = 5..=10)]
    share: Decimal,
    #[input(range = 0..0.001)]
    small: Decimal,
    #[input(range = -100..=-50)]
    owed: Money,
    #[input(range = 0..=10_000)]
    price: Money,
    plain: PlainText<40>,
    by: Option<CallerId>,
}

/// Numbers at the ends of their ranges.
#[derive(Input)]
pub(super) struct Numbers {
    #[input(range = 1..=1000)]
    usual: u32,
    #[input(range = -20..=-10)]
    below: i64,
    #[input(range = 7..8)]
    only: u8,
    #[input(range = -100..=100, multiple_of = 30)]
    whole: i32,
    #[input(range = 10..=19, multiple_of = 7)]
    multiple: u16,
    #[input(range = 0..=18_446_744_073_709_551_615)]
    wide: u64,
    #[input(range = 0..1)]
    share: f64,
    #[input(range = -2.5..=-2.25)]
    narrow: f64,
}

/// Lists and maps.
#[derive(Input)]
pub(super) struct Many {
    #[input(items = 12..=20, unique, each(pattern = "^[0-9]{2}$"))]
    codes: Vec<String>,
    #[input(items = 5..=5, unique, each(range = 1..=5))]
    whole: Vec<u8>,
    #[input(items = 2..=2, unique)]
    both: Vec<Color>,
    #[input(items = 3..=3, each(email))]
    emails: Vec<String>,
    #[input(items = 0..=3)]
    days: Option<Vec<Date>>,
    #[input(items = 2..=9, keys(min_len = 4, max_len = 5), each(max_len = 4))]
    labels: BTreeMap<String, String>,
    #[input(items = 1..=2, each(range = 1..=9))]
    counts: BTreeMap<Color, u8>,
    #[input(items = 1..=3)]
    trees: Vec<Tree>,
    shape: Form,
    #[input(role = Role::Admin)]
    flag: Option<bool>,
}

/// A tree, which contains itself.
#[derive(Input)]
struct Tree {
    #[input(max_len = 9)]
    name: String,
    #[input(items = 0..=2, depth = 20)]
    below: Vec<Tree>,
}

/// One of several.
#[derive(Input)]
#[input(tag = "kind")]
enum Form {
    Circle {
        #[input(range = 1..=9)]
        radius: u8,
    },
    Point,
}

/// A filter.
#[derive(Input)]
struct Filter {
    color: Option<Color>,
    currency: Option<Currency>,
    #[input(range = 1..=9)]
    least: u8,
}

#[derive(Resource)]
#[view(ThingView, public, fields(name, colors, counts, maybe, at))]
struct Thing {
    name: String,
    colors: Vec<Color>,
    counts: BTreeMap<Color, u32>,
    maybe: Option<bool>,
    at: Timestamp,
}

macro_rules! takes {
    ($($name:ident $path:literal $input:ident)*) => {$(
        /// Takes one.
        #[post($path, version = Version::V1.., role = Role::Member)]
        async fn $name(Json(_): secure_api::prelude::Json<$input>) -> Accepted {
            Accepted
        }
    )*};
}

takes! { texts "/texts" Texts forms "/forms" Forms numbers "/numbers" Numbers many "/many" Many }

/// Lists things.
#[get("/things/{code}", version = Version::V1.., role = Role::Member, view = ThingView)]
async fn things(_code: Unowned<Code>, Query(_): Query<Filter>) -> Page<Thing> {
    Page::new(Vec::new())
}

/// Things.
#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(texts, forms, numbers, many, things))]
pub(super) struct Things;
