//! Pages that have a number and a `Link`: a list whose header field names the next page, and a parameter that has its number.

use super::{
    leaf::rounded,
    page::{self, MOST},
    plan::{AnswerPlan, Field, Ty},
    types::Types,
};
use crate::cli::import::read::operation::Operation;

/// The names of parameters that have the number of a page or the place of its first item, without capitals and signs between words.
const NAMES: [&str; 8] =
    ["page", "pagenumber", "pagenum", "pageno", "offset", "skip", "start", "startindex"];

/// Returns the parameter that a `Link` names the next page by, if the answer is a page.
pub(super) fn of(
    types: &Types<'_>,
    operation: &Operation<'_>,
    query: &mut [Field],
    answer: &AnswerPlan,
) -> Option<String> {
    let mut answers = operation.answers.iter().filter(|answer| answer.status.starts_with('2'));
    let has_link = answers.any(page::has_link);
    let is_page = match answer {
        AnswerPlan::Shown(Ty::List(item, 0, most, false)) => {
            most.is_none_or(|most| most >= MOST) && is_object(types, item)
        }
        AnswerPlan::Undescribed(200) => true,
        _ => false,
    };
    if operation.verb != "GET" || !has_link || !is_page || !page::has_small_sizes(types, operation)
    {
        return None;
    }
    let is_number = |field: &Field| matches!(field.ty, Ty::Int(..) | Ty::Float(..));
    let of = |known: &str| {
        query.iter().position(|field| is_number(field) && page::is_of(&[known], &field.name))
    };
    let found = NAMES.iter().find_map(|known| of(known))?;
    let field = &mut query[found];
    field.ty = whole(&field.ty);
    Some(field.name.clone())
}

/// Returns the number of a page, which is whole whatever a document calls it.
fn whole(ty: &Ty) -> Ty {
    let Ty::Float(_, bounds) = ty else { return ty.clone() };
    let (least, most) = (bounds.least.map(|least| (least, false)), bounds.most);
    let most = most.map(|most| (most, bounds.below));
    Ty::Int("i64", rounded(least, most, "i64"))
}

/// Returns `true` for an object that does not contain itself.
fn is_object(types: &Types<'_>, ty: &Ty) -> bool {
    ty.is_object(&types.defs) && matches!(ty, Ty::Named(id) if !types.defs[*id].circular)
}
