//! Pages: an answer that has a list and how many there are, or where the next ones begin, of an operation that is asked for a part
//! of it. A list that is asked for as a whole is no page, however it looks.

use super::{
    forms::kind,
    plan::{AnswerPlan, Form, Ty},
    types::Types,
};
use crate::cli::import::read::{
    operation::{Answer, Operation, Parameter},
    shape::Shape,
};

/// A page, with the names of its members.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli::import) struct PagePlan {
    /// The type of its items.
    pub(in crate::cli::import) item: Ty,
    /// The member that has them; where there is none, the page is their array, and a `Link` names the next one.
    pub(in crate::cli::import) items: Option<String>,
    /// The member that has the number of items on all pages.
    pub(in crate::cli::import) total: Option<String>,
    /// The member that has the cursor of the next page.
    pub(in crate::cli::import) next: Option<String>,
    /// `true` if the parameters of the framework say where it begins.
    pub(in crate::cli::import) paging: bool,
}

/// The most items of a page of the framework.
pub(super) const MOST: u64 = 100;

/// The parameters that say where a page begins, without what stands between their words.
const PLACES: [&str; 16] = [
    "after",
    "before",
    "continuationtoken",
    "cursor",
    "marker",
    "offset",
    "page",
    "pageindex",
    "pageno",
    "pagenumber",
    "pagetoken",
    "skip",
    "start",
    "startindex",
    "startat",
    "from",
];

/// The parameters that say how much it has.
const SIZES: [&str; 10] = [
    "count",
    "first",
    "limit",
    "maxresults",
    "pagelimit",
    "pagesize",
    "perpage",
    "rows",
    "size",
    "take",
];

/// Parts of names that have `total` or `count` in them too, and are of other numbers: of pages, of money, of an account.
const OTHER_NUMBERS: [&str; 7] =
    ["account", "amount", "cost", "country", "discount", "page", "price"];

/// Parts of names that have `next` or `cursor` in them too, and are of other places or of an address.
const OTHER_PLACES: [&str; 7] = ["before", "first", "link", "prev", "start", "uri", "url"];

/// Returns the answer as a page, where the framework can make one that looks like it.
pub(super) fn of(
    types: &Types<'_>,
    operation: &Operation<'_>,
    answer: &Answer<'_>,
    ty: &Ty,
) -> Option<AnswerPlan> {
    let query = || operation.parameters.iter().filter(|one| one.part == "query");
    let is_part = query().any(|one| is_of(&PLACES, one.name));
    if !is_part || !has_small_sizes(types, operation) {
        return None;
    }
    let of_own = |name: &str| query().any(|one| one.name == name && !one.required);
    let paging = of_own("size") && of_own("cursor");
    if let Some(item) = item(types, ty) {
        let page = PagePlan { item, items: None, total: None, next: None, paging };
        return (paging && has_link(answer)).then_some(AnswerPlan::Page(page));
    }
    let Ty::Named(id) = ty else { return None };
    let Form::Object(fields) = &types.defs[*id].form else { return None };
    let (mut list, mut total, mut next) = (None, None, None);
    for field in fields {
        let is_second = match &field.ty {
            _ if !is_member(&field.name) || field.write_only => return None,
            Ty::List(..) if field.required => {
                list.replace((item(types, &field.ty)?, field.name.clone())).is_some()
            }
            ty if field.required && is_total(&field.name, ty) => {
                total.replace(field.name.clone()).is_some()
            }
            ty if paging && !field.required && is_next(&field.name, ty) => {
                next.replace(field.name.clone()).is_some()
            }
            _ => return None,
        };
        // A second one of a kind has no place.
        if is_second {
            return None;
        }
    }
    let (item, items) = list?;
    // The framework tells where the next page is as soon as it reads the place of this one.
    let paging = next.is_some();
    (total.is_some() || paging).then_some(AnswerPlan::Page(PagePlan {
        item,
        items: Some(items),
        total,
        next,
        paging,
    }))
}

/// Returns the item of a list that a page may have.
fn item(types: &Types<'_>, ty: &Ty) -> Option<Ty> {
    let Ty::List(inner, 0, most, false) = ty else { return None };
    let Ty::Named(id) = &**inner else { return None };
    let is_object = |ty: &Ty| matches!(ty, Ty::Named(_)) && kind(types, ty) == Some("object");
    let is_shown = match &types.defs[*id].form {
        Form::Union(union) => union.variants.iter().all(|(_, ty)| is_object(ty)),
        Form::Choice(_) | Form::Alias(_) => false,
        _ => true,
    };
    (is_shown && most.is_none_or(|most| most >= MOST)).then(|| (**inner).clone())
}

/// Returns `true` for an answer whose `Link` may name the next page.
pub(super) fn has_link(answer: &Answer<'_>) -> bool {
    answer.headers.iter().any(|(name, ..)| name.eq_ignore_ascii_case("link"))
}

/// Returns `true` if no parameter says that more items may be asked for than a page has.
pub(super) fn has_small_sizes(types: &Types<'_>, operation: &Operation<'_>) -> bool {
    let query = operation.parameters.iter().filter(|one| one.part == "query");
    query.filter(|one| is_of(&SIZES, one.name)).all(|one| is_small(types, one))
}

fn is_small(types: &Types<'_>, parameter: &Parameter<'_>) -> bool {
    let shape = parameter.schema.as_ref().and_then(|at| Shape::of(types.document, at).ok());
    let most = shape.and_then(|shape| shape.most);
    most.is_none_or(|(most, open)| most <= MOST as f64 || (open && most <= MOST as f64 + 1.0))
}

/// Returns `true` for the number of items on all pages: any whole number that is not below 0, by a name that is of no other number.
fn is_total(name: &str, ty: &Ty) -> bool {
    let Ty::Int("i64", bounds) = ty else { return false };
    let name = name.to_ascii_lowercase();
    (name.contains("total") || name.contains("count"))
        && !OTHER_NUMBERS.iter().any(|other| name.contains(other))
        && bounds.least.is_none_or(|least| least <= 0)
        && bounds.most.is_none_or(|most| most >= i128::from(i64::MAX))
        && bounds.multiple.is_none()
}

/// Returns `true` for the cursor of the next page, and not for one of another page or for an address.
fn is_next(name: &str, ty: &Ty) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(ty, Ty::Text(_))
        && (name.contains("next") || name.contains("cursor"))
        && !OTHER_PLACES.iter().any(|other| name.contains(other))
}

/// Returns `true` for a name that a member of a page has.
fn is_member(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=64).contains(&name.len()) && name.bytes().all(is_plain)
}

/// Returns `true` if a parameter has one of these names, however its words are parted.
pub(super) fn is_of(names: &[&str], name: &str) -> bool {
    let plain = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    names.contains(&&*plain.to_ascii_lowercase())
}
