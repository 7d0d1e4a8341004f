//! Reads: the parameters that the framework reads itself, and what a QUERY takes and answers with.

use super::{
    plan::{AnswerPlan, BodyPlan, OperationPlan, Ty, TypeDef},
    reason,
    reasons::bare,
};

/// Returns `true` for a parameter of a query that the framework reads itself: the place of a page, and the fields to answer with.
pub(super) fn is_the_frameworks(
    types: &[TypeDef],
    verb: &str,
    answer: &AnswerPlan,
    name: &str,
) -> bool {
    let has_view = match answer {
        AnswerPlan::Shown(ty) => has_view(types, ty),
        answer => matches!(
            answer,
            AnswerPlan::Page(_)
                | AnswerPlan::Events(_)
                | AnswerPlan::Csv
                | AnswerPlan::Undescribed(_)
        ),
    };
    match name {
        "fields" => has_view && matches!(verb, "GET" | "QUERY"),
        "size" | "cursor" => matches!(answer, AnswerPlan::Page(page) if page.paging),
        _ => false,
    }
}

/// Returns `true` for what is shown through a view: of maps, those of objects.
fn has_view(types: &[TypeDef], ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => has_view(types, inner),
        Ty::Map(inner, _) => inner.is_object(types),
        ty => matches!(bare(ty), Ty::Named(_)),
    }
}

/// Holds a QUERY against what one has: a body that says what is asked for, which cannot be left out, and an answer that reads.
pub(super) fn hold(one: &mut OperationPlan) {
    if one.verb != "QUERY" {
        return;
    }
    if let Some(BodyPlan::PerhapsJson(ty)) = &one.body {
        one.body = Some(BodyPlan::Json(ty.clone()));
    }
    let asks = matches!(one.body, Some(BodyPlan::Json(_) | BodyPlan::Form(_)));
    let shows = match &one.answer {
        AnswerPlan::Shown(ty) => matches!(ty, Ty::Named(_)),
        AnswerPlan::Created(_) | AnswerPlan::CreatedWith(_) | AnswerPlan::CreatedScalar(_) => false,
        AnswerPlan::Empty | AnswerPlan::Accepted | AnswerPlan::AcceptedWith(_) => false,
        AnswerPlan::AcceptedScalar(_) | AnswerPlan::UndescribedWith => false,
        AnswerPlan::File(_) | AnswerPlan::Events(_) => false,
        AnswerPlan::Undescribed(status) => *status == 200,
        _ => true,
    };
    if !asks || !shows {
        one.reasons.insert(&reason::QUERY);
    }
}
