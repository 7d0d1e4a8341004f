//! Pages that have a number and a `Link`: a list whose header field names the next page, and a parameter that has its number.

use super::{
    page::{self, MOST},
    plan::{AnswerPlan, Field, Form, Ty},
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
    query: &[Field],
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
    let numbers =
        || query.iter().filter(|field| !field.required && matches!(field.ty, Ty::Int(..)));
    let of = |known| numbers().find(|field| page::is_of(&[known], &field.name));
    let found = NAMES.iter().find_map(|known| of(*known));
    found.map(|field| field.name.clone())
}

/// Returns `true` for an object that does not contain itself.
fn is_object(types: &Types<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Named(id) => {
            !types.defs[*id].circular && matches!(types.defs[*id].form, Form::Object(_))
        }
        _ => false,
    }
}
