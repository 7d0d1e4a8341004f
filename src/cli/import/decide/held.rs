//! The types that operations name.

use super::plan::{AnswerPlan, BodyPlan, OperationPlan, Ty};

impl AnswerPlan {
    /// Returns the type that a view shows, or a list or free JSON has.
    pub(in crate::cli::import) fn shown(&self) -> Option<&Ty> {
        match self {
            Self::Shown(ty) | Self::Created(ty) | Self::CreatedWith(ty) => Some(ty),
            Self::AcceptedWith(ty) => Some(ty),
            Self::Page(page) => Some(&page.item),
            Self::Events(ty) => ty.as_ref(),
            _ => None,
        }
    }

    /// Returns the type that it names.
    pub(in crate::cli::import) fn held(&self) -> Option<&Ty> {
        match self {
            Self::Scalar(ty) | Self::CreatedScalar(ty) | Self::AcceptedScalar(ty) => Some(ty),
            other => other.shown(),
        }
    }
}

/// Returns the types that an operation names.
pub(super) fn held(one: &OperationPlan) -> Vec<&Ty> {
    let fields = [&one.query, &one.headers, &one.cookies, &one.answer_headers];
    let mut held: Vec<&Ty> = fields.into_iter().flatten().map(|field| &field.ty).collect();
    held.extend(one.parameters.iter().map(|parameter| &parameter.ty));
    if let Some(
        BodyPlan::Json(ty)
        | BodyPlan::PerhapsJson(ty)
        | BodyPlan::Patch(ty)
        | BodyPlan::Form(ty)
        | BodyPlan::Upload(ty),
    ) = &one.body
    {
        held.push(ty);
    }
    held.extend(one.answer.held());
    held
}
